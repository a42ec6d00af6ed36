// SPDX-License-Identifier: Apache-2.0
//
// Was this Windows installed on a physical machine? Its registry keeps every device that it ever
// had, and what manages a maker's servers or converts them stays until somebody removes it.
#include <algorithm>

#include "agent/collect/windows_parts.h"
#include "agent/core/text.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"

namespace guestprep {
namespace {

struct Vendor {
    std::string_view id, name;
};

// Makers of what only servers and workstations have. Those whose cards are handed through to
// virtual machines (NVIDIA, AMD, Mellanox, QLogic, Emulex) or that hypervisors emulate (Intel, LSI,
// Realtek, Cirrus) tell nothing.
constexpr Vendor kHardware[] = {{"VEN_14E4", "Broadcom"},    {"VEN_103C", "Hewlett-Packard"},
                                {"VEN_1590", "HPE"},         {"VEN_1028", "Dell"},
                                {"VEN_1014", "IBM"},         {"VEN_102B", "Matrox"},
                                {"VEN_1166", "ServerWorks"}, {"VEN_9005", "Adaptec"},
                                {"VEN_9004", "Adaptec"},     {"VEN_0E11", "Compaq"},
                                {"VEN_1A03", "ASPEED"},      {"VEN_11AB", "Marvell"}};

constexpr Vendor kHypervisors[] = {{"VEN_15AD", "vmware"},
                                   {"VEN_80EE", "virtualbox"},
                                   {"VEN_5853", "xen"},
                                   {"VEN_1AF4", "kvm"},
                                   {"VEN_1B36", "kvm"}};

struct Product {
    std::string_view service;  ///< or its beginning, with a star
    std::string_view name;
    std::uint32_t weight;
};

// None of these comes with Windows itself.
constexpr Product kProducts[] = {{"vmware-converter-agent", "VMware Converter's agent", 2},
                                 {"vstor2-*", "VMware Converter's disk driver", 2},
                                 {"bmdrvr", "VMware Converter's driver", 2},
                                 {"hpqilo*", "driver of HP's iLO", 2},
                                 {"hpcissv2", "driver of HP's Smart Array", 2},
                                 {"cpqcidrv", "driver of HP's servers", 2},
                                 {"dcdbas", "driver of Dell's servers", 2},
                                 {"ibmspsvc", "IBM's service processor", 2},
                                 {"CqMgHost", "HP's management agents", 1},
                                 {"CqMgServ", "HP's management agents", 1},
                                 {"CpqNicMgmt", "HP's management agents", 1},
                                 {"SysMgmtHp", "HP's System Management", 1},
                                 {"sysdown", "HP's ProLiant monitor", 1},
                                 {"ProLiantMonitor", "HP's ProLiant monitor", 1},
                                 {"dcstor32", "Dell's Server Administrator", 1},
                                 {"dcevt32", "Dell's Server Administrator", 1},
                                 {"dcstor64", "Dell's Server Administrator", 1},
                                 {"dcevt64", "Dell's Server Administrator", 1},
                                 {"omsad", "Dell's Server Administrator", 1}};

/// "VEN_14E4&DEV_1639&SUBSYS_...": the maker among those of a list.
const Vendor* vendor_of(std::string_view device, std::span<const Vendor> vendors) {
    for (const auto& vendor : vendors)
        if (equal_ignoring_case(device.substr(0, vendor.id.size()), vendor.id)) return &vendor;
    return nullptr;
}

void look_at_devices(const std::vector<std::string>& devices, Origin& origin) {
    // One machine has many devices: together they are one trace.
    for (const auto& device : devices)
        if (const auto* vendor = vendor_of(device, kHardware)) {
            origin.physical.push_back({below(below(keys::kEnum, "PCI"), shown(device)),
                                       "a device of " + std::string(vendor->name), 2});
            return;
        }
}

void look_at_services(const WindowsSystemFacts& system, Origin& origin) {
    for (const auto& product : kProducts) {
        const bool is_taken = std::ranges::any_of(
            origin.physical, [&](const OriginTrace& trace) { return trace.found == product.name; });
        if (is_taken) continue;
        for (const auto& service : *system.services)
            if (matches_glob(lowercase(product.service), lowercase(service.name))) {
                origin.physical.push_back({below(keys::kServices, shown(service.name)),
                                           std::string(product.name), product.weight});
                break;
            }
    }
}

}  // namespace

Fact<Origin> find_windows_origin(const RegistryView& registry, const WindowsSystemFacts& system) {
    const auto bus = below(keys::kEnum, "PCI");
    const auto devices = registry.subkeys(bus);
    Origin origin;
    if (devices) look_at_devices(*devices, origin);
    if (system.services) look_at_services(system, origin);
    // What was seen counts, whatever else could not be looked at.
    if (!origin.physical.empty()) return origin;
    if (!devices && !devices.is_absent()) return std::unexpected(devices.error());
    if (!system.services) return std::unexpected(system.services.error());
    origin.logs.push_back(bus);
    return origin;
}

std::string hypervisor_of_devices(const RegistryView& registry) {
    std::string found;
    const auto take = [&](std::string_view name) {
        if (found.empty())
            found = name;
        else if (found != name)
            found = "?";
    };
    if (const auto devices = registry.subkeys(below(keys::kEnum, "PCI")))
        for (const auto& device : *devices)
            if (const auto* vendor = vendor_of(device, kHypervisors)) take(vendor->name);
    if (const auto devices = registry.subkeys(below(keys::kEnum, "VMBUS"));
        devices && !devices->empty())
        take("hyperv");
    return found == "?" ? std::string() : found;
}

}  // namespace guestprep
