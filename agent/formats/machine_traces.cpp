// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/machine_traces.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

// Drivers that VMware, Hyper-V, Xen, KVM and VirtualBox have no emulation for. e1000, mptsas,
// pcnet32, ata_piix, ahci, tulip and 8139too are missing here because they have.
constexpr std::string_view kHardwareDrivers[] = {
    "cciss",  "hpsa",     "megaraid_sas", "megaraid_mbox", "aacraid", "3w-9xxx",   "3w-xxxx",
    "arcmsr", "smartpqi", "bnx2",         "bnx2x",         "tg3",     "bnxt_en",   "forcedeth",
    "sky2",   "skge",     "be2net",       "qla2xxx",       "lpfc",    "netxen_nic"};

}  // namespace

std::optional<DmiLine> find_dmi_line(std::string_view log) {
    std::size_t number = 0;
    while (!log.empty()) {
        ++number;
        const auto end = log.find('\n');
        const auto line = log.substr(0, std::min<std::size_t>(end, 2000));
        log.remove_prefix(end == std::string_view::npos ? log.size() : end + 1);
        auto at = line.find("DMI: ");
        if (at == std::string_view::npos) continue;
        // "[    0.000000] DMI: VMware, ..." or "kernel: DMI: ...": other programs' words are not
        // it.
        const auto before = trimmed(line.substr(0, at));
        if (!before.empty() && !before.ends_with(']') && !before.ends_with("kernel:")) continue;
        const auto machine = trimmed(line.substr(at + 5));
        if (!machine.empty()) return DmiLine{shown(machine, 100), number};
    }
    return std::nullopt;
}

bool is_virtual_machine_name(std::string_view machine) {
    constexpr std::string_view kNames[] = {"vmware",    "virtual",
                                           "qemu",      "kvm",
                                           "xen",       "bochs",
                                           "innotek",   "red hat",
                                           "ovirt",     "rhev",
                                           "openstack", "nutanix",
                                           "amazon",    "google",
                                           "parallels", "bhyve",
                                           "hvm domu",  "standard pc",
                                           "alibaba",   "digitalocean",
                                           "hetzner",   "apple virtualization",
                                           "cloud",     "nova"};
    const auto lower = lowercase(machine);
    return std::ranges::any_of(kNames,
                               [&](std::string_view name) { return contains(lower, name); });
}

std::vector<DriverTrace> find_hardware_drivers(std::string_view text) {
    std::vector<DriverTrace> found;
    std::size_t number = 0;
    for (const auto raw : lines_of(text)) {
        ++number;
        const auto line = trimmed(raw).substr(0, 500);
        std::string_view driver;
        if (line.starts_with("driver: ")) {
            driver = trimmed(line.substr(8));
        } else if (line.starts_with('#') && line.ends_with(')') && contains(line, "PCI device")) {
            const auto open = line.rfind('(');
            driver = line.substr(open + 1, line.size() - open - 2);
        }
        if (std::ranges::find(kHardwareDrivers, driver) != std::end(kHardwareDrivers) &&
            found.size() < 20)
            found.push_back({std::string(driver), number});
    }
    return found;
}

bool is_hardware_package(std::string_view name) {
    constexpr std::string_view kExact[] = {"hp-health", "hpasm",   "hpacucli",           "hpssacli",
                                           "ssacli",    "hpsmh",   "hp-snmp-agents",     "megacli",
                                           "MegaCli",   "storcli", "dell-system-update", "hp-ams",
                                           "amsd",      "dset",    "ServerView-RAID"};
    return name.starts_with("srvadmin-") || std::ranges::find(kExact, name) != std::end(kExact);
}

}  // namespace guestprep
