// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/core/finding.h"
#include "agent/facts/network.h"

namespace guestprep {

enum class NicOutcome : std::uint8_t { unknown, dhcp, fixed, nobody };

/// What the next boot does with one network interface.
struct NicAnswer {
    NicOutcome outcome = NicOutcome::unknown;
    std::string reason;  ///< a clause: "/etc/network/interfaces starts eth0 by DHCP"
    ConfigLine line;     ///< what decides; may be unset
    const InterfaceConfig* config = nullptr;  ///< the one that takes the NIC, if any
};

struct NicQuery {
    std::string name;
    std::string mac;     ///< empty: one that no configuration can know
    std::string driver;  ///< empty: one that no configuration names
};

/// Which configuration takes this interface, and does it get an IPv4 address by DHCP?
[[nodiscard]] NicAnswer next_boot_of(const NetworkFacts& facts, const NicQuery& nic);

/// The names that EC2's interface can have under the guest's naming policy: "eth0" on Xen types or
/// with the classic policy, "ens5" on Nitro with the predictable one.
[[nodiscard]] std::vector<std::string> ec2_names(const NetworkFacts& facts);

/// The same question for the interface that the guest will find on EC2. Where its possible names
/// are treated differently, the worst answer counts.
[[nodiscard]] NicAnswer next_boot_on_ec2(const NetworkFacts& facts);

/// The configuration that the guest's first interface has now, whatever names or hardware addresses
/// it asks for; nullptr where no interface is configured to start.
[[nodiscard]] const InterfaceConfig* primary_config(const NetworkFacts& facts);

/// Where the address of a port comes from: its bond or bridge; else the configuration itself. A
/// VLAN above an interface that has no address of its own counts as well.
[[nodiscard]] const InterfaceConfig& address_config(const NetworkFacts& facts,
                                                    const InterfaceConfig& config);

/// Interfaces that start at the next boot under a service that starts, those left out that
/// cloud-init will write anew.
[[nodiscard]] std::vector<const InterfaceConfig*> started_configs(const NetworkFacts& facts);

/// The service starts at the next boot, also where netplan starts it.
[[nodiscard]] bool starts(const NetworkFacts& facts, const NetManager& manager);
[[nodiscard]] std::string_view title_of(NetService service);  ///< "systemd-networkd"

[[nodiscard]] inline Evidence evidence_of(const ConfigLine& line, std::string expected = {}) {
    return {line.at, line.text, std::move(expected)};
}

}  // namespace guestprep
