// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "agent/collect/firewall_sources.h"
#include "agent/formats/iptables_state.h"

namespace guestprep {
namespace {

/// A service that hands a file to iptables-restore at boot: the first of the files that is there.
struct Restorer {
    std::string_view name;
    std::string_view services[2];
    std::string_view files[4];
};
constexpr Restorer kRestorers[] = {
    // RHEL and its kin; Arch; Gentoo; Alpine.
    {"iptables",
     {"iptables", "iptables"},
     {"/etc/sysconfig/iptables", "/etc/iptables/iptables.rules", "/var/lib/iptables/rules-save",
      "/etc/iptables/rules-save"}},
    // Debian and Ubuntu; the second service and file before Debian 8.
    {"netfilter-persistent",
     {"netfilter-persistent", "iptables-persistent"},
     {"/etc/iptables/rules.v4", "/etc/iptables/rules", "", ""}},
};

Fact<PacketFilter> rules_in(const Host& host, std::string_view path) {
    const auto text = host.files.read(GuestPath(path));
    if (!text) return std::unexpected(text.error());
    IptablesState state;
    state.restore(path, *text);
    return state.filter();
}

}  // namespace

void find_iptables_services(const FirewallSearch& search) {
    for (const auto& restorer : kRestorers) {
        const auto file = std::ranges::find_if(restorer.files, [&](std::string_view path) {
            return !path.empty() && search.host.files.info(GuestPath(path)).has_value();
        });
        // A service without its file sets nothing up.
        if (file == std::end(restorer.files)) continue;
        if (auto service = search.starting(restorer.name, restorer.services))
            search.found.at_boot.push_back(
                {std::string(restorer.name), std::move(*service), rules_in(search.host, *file)});
    }
}

}  // namespace guestprep
