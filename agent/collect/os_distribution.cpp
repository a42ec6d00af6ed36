// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include "agent/collect/os_parts.h"
#include "agent/core/text.h"
#include "agent/formats/os_release.h"
#include "agent/formats/shell_assignments.h"

namespace guestprep {
namespace {

using Found = std::optional<Distribution>;

/// Looks into the files in the order in which AWS's own checker does. Each file alone may lie:
/// Oracle Linux has a redhat-release that says Red Hat, Ubuntu a debian_version, and a derivative
/// often both its parent's files and an os-release of its own.
class Finder {
public:
    explicit Finder(const FileReader& files) : files_(files) {
        for (const auto* path : {"/etc/os-release", "/usr/lib/os-release"}) {
            const auto text = read(path);
            if (!text) continue;
            os_release_ = parse_os_release(*text);
            os_release_path_ = path;
            return;
        }
    }

    Fact<Distribution> find() {
        using Step = Found (Finder::*)() const;
        for (const Step step : {&Finder::oracle, &Finder::suse, &Finder::ubuntu, &Finder::centos,
                                &Finder::fedora, &Finder::red_hat, &Finder::debian, &Finder::any})
            if (auto found = (this->*step)()) return finish(std::move(*found));
        if (denied_) return std::unexpected(*denied_);
        return failure(Errc::not_found,
                       "none of /etc/os-release, /etc/redhat-release and their likes is there");
    }

private:
    std::optional<std::string> read(const char* path) const {
        auto text = files_.read(GuestPath(path), std::size_t{1} << 20);
        if (text) return std::move(*text);
        if (text.error().code != Errc::not_found) denied_ = text.error();
        return std::nullopt;
    }
    std::optional<ReleaseLine> release_line(const char* path) const {
        const auto text = read(path);
        return text ? parse_release_line(*text) : std::nullopt;
    }
    /// Another distribution has named itself, so the parent's file does not count.
    [[nodiscard]] bool is_derivative_of(std::string_view id) const {
        return os_release_ && os_release_->id && *os_release_->id != id;
    }
    static Distribution from_line(std::string id, const ReleaseLine& line, const char* path) {
        auto title = line.product + " " + line.version;
        if (!line.codename.empty()) title += " (" + line.codename + ")";
        return {std::move(id), line.two_numbers(), std::move(title), path, {}, {}};
    }

    Found oracle() const {
        for (const auto* path : {"/etc/oracle-release", "/etc/enterprise-release"})
            if (const auto line = release_line(path)) return from_line("ol", *line, path);
        return std::nullopt;
    }
    Found suse() const {
        constexpr auto kPath = "/etc/SuSE-release";
        const auto text = read(kPath);
        if (!text || lines_of(*text).empty()) return std::nullopt;
        const auto title = trimmed(lines_of(*text).front());
        if (!contains(title, "Enterprise Server")) return std::nullopt;
        std::string version, patch_level = "0";
        for (const auto line : lines_of(*text)) {
            const auto parts = split(line, '=');
            if (parts.size() != 2) continue;
            if (trimmed(parts[0]) == "VERSION") version = trimmed(parts[1]);
            if (trimmed(parts[0]) == "PATCHLEVEL") patch_level = trimmed(parts[1]);
        }
        if (version.empty()) return std::nullopt;
        // "11.4" stands there whole in some service packs.
        const bool whole = contains(version, ".");
        return Distribution{"sles",
                            whole ? version : version + "." + patch_level,
                            std::string(title) + " SP" + patch_level,
                            kPath,
                            {},
                            {}};
    }
    Found ubuntu() const {
        constexpr auto kPath = "/etc/lsb-release";
        const auto text = read(kPath);
        if (!text) return std::nullopt;
        const auto file = ShellAssignments::parse(*text);
        const auto version = file.value_or_empty("DISTRIB_RELEASE");
        if (file.value("DISTRIB_ID") != "Ubuntu" || version.empty()) return std::nullopt;
        if (is_derivative_of("ubuntu")) return std::nullopt;
        return Distribution{
            "ubuntu", version, file.value("DISTRIB_DESCRIPTION").value_or("Ubuntu " + version),
            kPath,    {},      {}};
    }
    Found centos() const {
        constexpr auto kPath = "/etc/centos-release";
        const auto line = release_line(kPath);
        // Rocky Linux links this name to its own file.
        if (!line || !line->product.starts_with("CentOS")) return std::nullopt;
        return from_line("centos", *line, kPath);
    }
    Found fedora() const {
        constexpr auto kPath = "/etc/fedora-release";
        const auto line = release_line(kPath);
        if (!line || is_derivative_of("fedora")) return std::nullopt;
        return from_line("fedora", *line, kPath);
    }
    Found red_hat() const {
        constexpr auto kPath = "/etc/redhat-release";
        const auto line = release_line(kPath);
        if (!line) return std::nullopt;
        if (contains(line->product, "Red Hat Enterprise Linux"))
            return from_line("rhel", *line, kPath);
        if (line->product.starts_with("CentOS")) return from_line("centos", *line, kPath);
        return std::nullopt;
    }
    Found debian() const {
        constexpr auto kPath = "/etc/debian_version";
        const auto text = read(kPath);
        if (!text || is_derivative_of("debian")) return std::nullopt;
        // "trixie/sid": a release in the making has no number here.
        std::string version(trimmed(*text));
        const bool number = !version.empty() && version[0] >= '0' && version[0] <= '9';
        if (!number && os_release_ && os_release_->version_id) version = *os_release_->version_id;
        return Distribution{"debian", version, "Debian GNU/Linux " + version, kPath, {}, {}};
    }
    Found any() const {
        if (!os_release_ || !os_release_->id) return std::nullopt;
        auto version = os_release_->version_id.value_or("");
        // The first release of SLES 15 calls itself "15", later ones "15.1".
        if (os_release_->id == "sles" && !version.empty() && !contains(version, "."))
            version += ".0";
        return Distribution{*os_release_->id, version, *os_release_->id, os_release_path_, {}, {}};
    }
    Distribution finish(Distribution found) const {
        std::string like;
        if (os_release_) {
            like = os_release_->id_like.value_or("");
            found.variant = os_release_->variant_id.value_or("");
            // The other files name the point release in their own titles.
            const bool better =
                found.id == "debian" || found.id == "fedora" || found.source == os_release_path_;
            if (better && os_release_->pretty_name) found.title = *os_release_->pretty_name;
        }
        found.family = distribution_family(found.id, like);
        return found;
    }

    const FileReader& files_;
    std::optional<OsRelease> os_release_;
    std::string os_release_path_;
    mutable std::optional<Error> denied_;
};

}  // namespace

Fact<Distribution> find_distribution(const FileReader& files) { return Finder(files).find(); }

}  // namespace guestprep
