// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "agent/collect/services.h"
#include "agent/facts/firewall.h"
#include "agent/host/host.h"

namespace guestprep {

/// What the collectors of the single firewalls share. For the firewall*.cpp files only.
struct FirewallSearch {
    const Host& host;
    const BootServices& services;
    FirewallFacts& found;

    /// The service, where it starts or may start. Nothing where it is not installed; noted as idle
    /// where it is and does not start.
    [[nodiscard]] std::optional<ServiceState> starting(
        std::string_view name, std::span<const std::string_view> services_of_it) const;
};

void find_iptables_services(const FirewallSearch& search);
void find_nftables(const FirewallSearch& search);
void find_ufw(const FirewallSearch& search);
void find_firewalld(const FirewallSearch& search);
void find_suse_firewall(const FirewallSearch& search);
void find_other_managers(const FirewallSearch& search);
/// The rules that are in the kernel now.
[[nodiscard]] Fact<PacketFilter> kernel_rules(const Host& host);

}  // namespace guestprep
