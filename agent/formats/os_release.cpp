// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/os_release.h"

#include <algorithm>
#include <array>

#include "agent/core/text.h"
#include "agent/formats/shell_assignments.h"

namespace guestprep {
namespace {

constexpr std::array<std::string_view, 11> kRedHatLike = {
    "rhel", "centos",     "fedora",  "ol",         "rocky",    "almalinux",
    "amzn", "scientific", "clearos", "cloudlinux", "virtuozzo"};
constexpr std::array<std::string_view, 6> kDebianLike = {"debian", "ubuntu",    "devuan",
                                                         "kali",   "linuxmint", "raspbian"};
constexpr std::array<std::string_view, 8> kSuseLike = {
    "sles",        "sles_sap", "sled", "suse", "opensuse", "opensuse-leap", "opensuse-tumbleweed",
    "suse-microos"};

std::string known_family(std::string_view id) {
    const auto is_in = [&](const auto& ids) { return std::ranges::find(ids, id) != ids.end(); };
    if (is_in(kRedHatLike)) return "rhel";
    if (is_in(kDebianLike)) return "debian";
    if (is_in(kSuseLike)) return "suse";
    return {};
}

}  // namespace

OsRelease parse_os_release(std::string_view text) {
    const auto file = ShellAssignments::parse(std::string(text));
    return {file.value("ID"),          file.value("ID_LIKE"), file.value("NAME"),
            file.value("PRETTY_NAME"), file.value("VERSION"), file.value("VERSION_ID"),
            file.value("VARIANT_ID")};
}

std::string distribution_family(std::string_view id, std::string_view id_like) {
    const auto own = lowercase(id);
    if (auto family = known_family(own); !family.empty()) return family;
    for (const auto like : words_of(id_like))
        if (auto family = known_family(like); !family.empty()) return family;
    return own;
}

std::string ReleaseLine::major() const { return version.substr(0, version.find('.')); }

std::string ReleaseLine::two_numbers() const {
    const auto first = version.find('.');
    return first == std::string::npos ? version : version.substr(0, version.find('.', first + 1));
}

std::optional<ReleaseLine> parse_release_line(std::string_view text) {
    const auto lines = lines_of(text);
    if (lines.empty()) return std::nullopt;
    const auto line = lines.front();
    constexpr std::string_view kMark = " release ";
    const auto mark = line.find(kMark);
    if (mark == std::string_view::npos) return std::nullopt;
    auto rest = line.substr(mark + kMark.size());
    const auto end = std::min(rest.find_first_not_of("0123456789."), rest.size());
    ReleaseLine out;
    out.product = trimmed(line.substr(0, mark));
    out.version = rest.substr(0, end);
    while (out.version.ends_with('.')) out.version.pop_back();
    const auto open = line.rfind('(');
    if (open != std::string_view::npos && trimmed(line).ends_with(')'))
        out.codename = line.substr(open + 1, line.rfind(')') - open - 1);
    out.beta = contains(rest.substr(end), "Beta");
    if (out.version.empty()) return std::nullopt;
    return out;
}

}  // namespace guestprep
