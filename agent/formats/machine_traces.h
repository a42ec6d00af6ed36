// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// What the kernel printed of its machine: "DMI: Dell Inc. PowerEdge R710/0YDJK3, BIOS 6.1.0".
struct DmiLine {
    std::string machine;
    std::size_t line = 0;
};

/// The first such line of a log; nothing where there is none.
[[nodiscard]] std::optional<DmiLine> find_dmi_line(std::string_view log);

/// True for the names that hypervisors and clouds give their machines.
[[nodiscard]] bool is_virtual_machine_name(std::string_view machine);

struct DriverTrace {
    std::string driver;
    std::size_t line = 0;
};

/// Drivers of hardware that no hypervisor emulates (RAID controllers, server network cards), in
/// kudzu's /etc/sysconfig/hwconf ("driver: bnx2") or the comments of persistent-net.rules
/// ("# PCI device 0x14e4:0x1639 (bnx2)").
[[nodiscard]] std::vector<DriverTrace> find_hardware_drivers(std::string_view text);

/// Packages that manage one maker's servers.
[[nodiscard]] bool is_hardware_package(std::string_view name);

}  // namespace guestprep
