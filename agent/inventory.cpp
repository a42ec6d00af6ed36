// SPDX-License-Identifier: Apache-2.0
#include "agent/inventory.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/new_nic.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_protection.h"
#include "agent/facts/windows_services.h"

namespace guestprep {
namespace {

std::vector<std::string> shown_all(const std::vector<std::string>& texts) {
    std::vector<std::string> out;
    for (const auto& text : texts) out.push_back(shown(text));
    return out;
}

std::vector<ReportInterface> network_of(const NetworkFacts& network) {
    std::vector<ReportInterface> out;
    for (const auto* config : started_configs(network)) {
        if (config->kind == NicKind::loopback) continue;
        const auto name = config->names.size() == 1 ? config->names[0] : config->id;
        std::string mac = config->macs.empty() ? "" : config->macs[0];
        if (network.nics)
            for (const auto& nic : *network.nics)
                if (nic.name == name) mac = nic.mac;
        out.push_back({shown(name), shown(mac), shown(config->here.at),
                       shown_all(config->addresses), shown_all(config->gateways),
                       shown_all(config->dns)});
    }
    return out;
}

/// Adapters that have an address, as Windows' registry keeps them.
std::vector<ReportInterface> adapters_of(const WindowsNetworkFacts& network) {
    std::vector<ReportInterface> out;
    if (!network.interfaces) return out;
    for (const auto& one : *network.interfaces) {
        const bool is_leased = one.uses_dhcp == 1U && !one.leased_address.empty();
        if (!is_leased && !one.is_static()) continue;
        out.push_back(
            {shown(one.connection.empty() ? one.id : one.connection), "",
             below(keys::kInterfaces, shown(one.id)),
             is_leased ? std::vector{shown(one.leased_address)} : shown_all(one.addresses),
             shown_all(one.gateways),
             one.name_servers.empty() ? std::vector<std::string>{}
                                      : std::vector{shown(one.name_servers)}});
    }
    return out;
}

bool lies_on(const StorageFacts& storage, const BlockDevice& device, const BlockDevice& disk) {
    const auto disks = disks_below(storage, device);
    return std::ranges::find(disks, &disk) != disks.end();
}

std::vector<ReportDisk> disks_to_export(const StorageFacts& storage) {
    std::vector<ReportDisk> out;
    const auto disks = whole_disks(storage);
    if (!disks) return out;
    const auto boot = boot_disks(storage);
    for (const auto* disk : *disks) {
        ReportDisk row{disk->names.front(), disk->size, {}, false};
        row.boots = boot && std::ranges::find(*boot, disk) != boot->end();
        const auto add = [&](const std::string& what) {
            if (std::ranges::find(row.mounted, what) == row.mounted.end())
                row.mounted.push_back(shown(what));
        };
        if (storage.mounts)
            for (const auto& mount : *storage.mounts)
                for (const auto& device : *storage.devices)
                    if (device.number == mount.number && lies_on(storage, device, *disk))
                        add(mount.mount_point);
        if (storage.fstab)
            for (const auto& entry : storage.fstab->entries)
                for (const auto* device : devices_named(storage, entry.spec))
                    if (lies_on(storage, *device, *disk))
                        add(entry.is_swap() ? std::string("swap") : entry.mount_point);
        out.push_back(std::move(row));
    }
    return out;
}

}  // namespace

ReportInventory inventory_of(const Facts& facts) {
    ReportInventory out;
    out.network = facts.platform == Platform::windows_guest
                      ? adapters_of(facts.of_windows().network)
                      : network_of(facts.network);
    if (const auto& services = facts.of_windows().system.services)
        for (const auto& service : *services)
            if (const auto product = protection_product(service);
                !product.empty() && product != kDefenderProduct && starts_by_itself(service))
                out.services.push_back(shown(product + " (" + service.name + ")"));
    out.disks = disks_to_export(facts.storage);
    if (facts.software.protection)
        for (const auto& found : *facts.software.protection)
            if (found.service.starts() || found.scheduled || found.loaded)
                out.services.push_back(
                    shown(found.product + (found.service.name.empty()
                                               ? std::string()
                                               : " (" + found.service.name + ")")));
    return out;
}

}  // namespace guestprep
