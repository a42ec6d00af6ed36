// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "agent/collect/firewall_sources.h"
#include "agent/core/text.h"
#include "agent/formats/firewalld.h"
#include "agent/formats/ini_file.h"
#include "agent/formats/shell_assignments.h"

namespace guestprep {
namespace {

constexpr std::string_view kServices[] = {"firewalld"};
constexpr std::string_view kSettings = "/etc/firewalld/firewalld.conf";
constexpr std::string_view kIfcfgFolders[] = {"/etc/sysconfig/network-scripts",
                                              "/etc/sysconfig/network"};
constexpr std::string_view kConnections = "/etc/NetworkManager/system-connections";

using Files = std::vector<FirewalldFile>;

/// Reads firewalld's files; what cannot be read stops it all.
class Reader {
public:
    explicit Reader(const FirewallSearch& search)
        : files_(search.host.files), services_(search.services) {}

    Fact<PacketFilter> rules() {
        settings();
        configuration_.zones = folder("zones", nullptr);
        configuration_.policies = folder("policies", nullptr);
        std::set<std::string> named;
        for (const auto& zone : configuration_.zones) add_quoted(zone.text, named);
        for (const auto& policy : configuration_.policies) add_quoted(policy.text, named);
        configuration_.services = folder("services", &named);
        configuration_.ipsets = folder("ipsets", &named);
        direct();
        bindings();
        if (error_) return std::unexpected(*error_);
        return firewalld_filter(configuration_);
    }

private:
    /// A file's text, empty where it is not there.
    std::string read(const GuestPath& path) {
        auto text = files_.read(path);
        if (text) return std::move(*text);
        if (text.error().code != Errc::not_found && !error_) error_ = std::move(text.error());
        return {};
    }
    std::vector<std::string> list(const GuestPath& path) {
        auto names = files_.list(path);
        if (names) return std::move(*names);
        if (names.error().code != Errc::not_found && !error_) error_ = std::move(names.error());
        return {};
    }

    void settings() {
        const auto assignments = ShellAssignments::parse(read(GuestPath(kSettings)));
        configuration_.default_zone_place = {std::string(kSettings), "no DefaultZone: public"};
        if (const auto* const zone = assignments.find("DefaultZone")) {
            configuration_.default_zone = zone->value;
            configuration_.default_zone_place = {at_line(kSettings, zone->line),
                                                 "DefaultZone=" + shown(zone->value)};
        }
        // Releases that know no nftables have no such line.
        configuration_.with_nftables = assignments.value_or_empty("FirewallBackend") == "nftables";
    }

    /// The XML files of a folder, /etc over /usr/lib; with `named`, only those that are in
    /// it, or that such a file names in turn.
    Files folder(const std::string& name, std::set<std::string>* named) {
        Files out;
        std::set<std::string> seen;
        std::vector<GuestPath> candidates;
        for (const auto* place : {"/etc/firewalld/", "/usr/lib/firewalld/"}) {
            const GuestPath path(place + name);
            for (const auto& entry : list(path))
                if (entry.ends_with(".xml") && seen.insert(entry).second)
                    candidates.push_back(path / entry);
        }
        for (bool again = true; again;) {
            again = false;
            std::erase_if(candidates, [&](const GuestPath& path) {
                const std::string stem(path.name().substr(0, path.name().size() - 4));
                if (named != nullptr && !named->contains(stem)) return false;
                out.push_back({stem, path.str(), read(path)});
                if (named != nullptr) add_quoted(out.back().text, *named);
                again = named != nullptr;
                return true;
            });
        }
        return out;
    }

    /// Whatever stands between two quotation marks, be they a pair or not: the values of all
    /// attributes are among it.
    static void add_quoted(std::string_view text, std::set<std::string>& words) {
        constexpr std::string_view kMarks = "\"'";
        for (auto at = text.find_first_of(kMarks); at != std::string_view::npos;) {
            const auto next = text.find_first_of(kMarks, at + 1);
            if (next == std::string_view::npos) return;
            words.emplace(text.substr(at + 1, next - at - 1));
            at = next;
        }
    }

    void direct() {
        const std::string path = "/etc/firewalld/direct.xml";
        auto text = read(GuestPath(path));
        if (!text.empty()) configuration_.direct = FirewalldFile{"direct", path, std::move(text)};
    }

    // Zones that are given to an interface where it is configured

    void bindings() {
        const auto starts = [&](std::string_view name) { return services_.state(name).starts(); };
        configuration_.interfaces_are_announced =
            starts("NetworkManager") || starts("network") || starts("wicked");
        if (!configuration_.interfaces_are_announced) return;
        for (const auto folder : kIfcfgFolders)
            for (const auto& entry : list(GuestPath(folder)))
                if (entry.starts_with("ifcfg-")) ifcfg(GuestPath(folder) / entry);
        std::size_t wildcards = 0;
        for (const auto& entry : list(GuestPath(kConnections)))
            wildcards += keyfile(GuestPath(kConnections) / entry) ? 1 : 0;
        // Of several profiles for any NIC, one will be used, and which cannot be told.
        if (wildcards > 1)
            for (auto& binding : configuration_.bindings)
                if (binding.interface == "*") binding.certain = false;
    }

    void ifcfg(const GuestPath& path) {
        const auto assignments = ShellAssignments::parse(read(path));
        const auto* const zone = assignments.find("ZONE");
        if (zone == nullptr || zone->value.empty()) return;
        auto device = assignments.value_or_empty("DEVICE");
        if (device.empty()) device = path.name().substr(6);
        configuration_.bindings.push_back(
            {device, zone->value, {at_line(path.str(), zone->line), "ZONE=" + shown(zone->value)}});
    }

    /// True for a profile that any NIC may use.
    bool keyfile(const GuestPath& path) {
        const IniFile file(read(path));
        const auto type = file.value("connection", "type").value_or("");
        if (type != "ethernet" && type != "802-3-ethernet") return false;
        // The NIC will have another hardware address.
        if (file.value("ethernet", "mac-address") || file.value("802-3-ethernet", "mac-address"))
            return false;
        const auto name = file.value("connection", "interface-name");
        if (const auto* const zone = file.find("connection", "zone"); zone && !zone->value.empty())
            configuration_.bindings.push_back(
                {name.value_or("*"),
                 zone->value,
                 {at_line(path.str(), zone->line), "zone=" + shown(zone->value)}});
        return !name;
    }

    const FileReader& files_;
    const BootServices& services_;
    FirewalldConfiguration configuration_;
    std::optional<Error> error_;
};

}  // namespace

void find_firewalld(const FirewallSearch& search) {
    if (auto service = search.starting("firewalld", kServices))
        if (service->state != Enablement::unknown ||
            search.host.files.exists(GuestPath("/usr/lib/firewalld")))
            search.found.at_boot.push_back(
                {"firewalld", std::move(*service), Reader(search).rules()});
}

}  // namespace guestprep
