// SPDX-License-Identifier: Apache-2.0
//
// What is there to configure interfaces with: NICs of the running kernel, services, DHCP clients.
#include <algorithm>

#include "agent/collect/network_parts.h"
#include "agent/collect/services.h"
#include "agent/core/text.h"
#include "agent/formats/shell_settings.h"

namespace guestprep {
namespace {

const GuestPath kClass("/sys/class/net");

std::string last_part(const Result<std::string>& link) {
    return link ? std::string(GuestPath(*link).name()) : std::string();
}

std::string first_line(const Result<std::string>& text) {
    return text ? std::string(trimmed(*text)) : std::string();
}

std::string kind_of_master(const FileReader& files, const std::string& name) {
    if (files.is_directory(kClass / name / "bonding")) return "bond";
    if (files.is_directory(kClass / name / "bridge")) return "bridge";
    return "other";
}

Fact<std::vector<Nic>> running_nics(const FileReader& files) {
    const auto names = files.list(kClass);
    if (!names) return Result<std::vector<Nic>>(std::unexpected(names.error()));
    std::vector<Nic> out;
    for (const auto& name : *names) {
        const auto place = kClass / name;
        // What is made by software alone has no device behind it; radio is none of EC2's.
        if (!files.exists(place / "device") || files.exists(place / "phy80211")) continue;
        Nic nic{.name = name};
        nic.mac = first_line(files.read(place / "address"));
        nic.driver = last_part(files.link(place / "device" / "driver"));
        nic.master = last_part(files.link(place / "master"));
        if (!nic.master.empty()) nic.master_kind = kind_of_master(files, nic.master);
        // Hyper-V shows a NIC and its fast path as two devices, one above the other.
        if (!nic.master.empty() && files.exists(kClass / nic.master / "device")) continue;
        out.push_back(std::move(nic));
    }
    return out;
}

struct Candidate {
    NetService service;
    std::vector<std::string_view> names;
    std::string_view needs;  ///< a path without which the service is another one of that name
};

const std::vector<Candidate>& candidates() {
    static const std::vector<Candidate> kAll = {
        {NetService::network_manager, {"NetworkManager", "network-manager"}, ""},
        {NetService::networkd, {"systemd-networkd"}, ""},
        {NetService::ifupdown, {"networking"}, "/etc/network"},
        {NetService::wicked, {"wicked"}, ""},
        {NetService::rh_network, {"network"}, "/etc/sysconfig/network-scripts"},
        {NetService::suse_ifup, {"network"}, "/etc/sysconfig/network/config"},
        {NetService::dhcpcd, {"dhcpcd"}, ""},
        {NetService::other,
         {"connman", "netctl", "netctl-auto@", "net.eth0", "systemd-nspawn"},
         ""},
    };
    return kAll;
}

/// NETWORKING=no keeps RHEL's script from doing anything, NETWORKMANAGER=yes SUSE's.
void apply_switches(NetworkReader& reader, NetManager& manager) {
    const bool rh = manager.service == NetService::rh_network;
    const GuestPath path(rh ? "/etc/sysconfig/network" : "/etc/sysconfig/network/config");
    const auto key = rh ? "NETWORKING" : "NETWORKMANAGER";
    if (reader.files.is_directory(path)) return;
    const auto text = reader.text(path);
    if (!text) return;
    const ShellSettings file(*text);
    const auto value = file.value(key).value_or("");
    if (rh ? !is_shell_false(value) : !is_shell_true(value)) return;
    manager.state.state = Enablement::disabled;
    manager.state.start_links.clear();
    manager.state.evidence = at_line(path.str(), file.find(key)->line);
    manager.state.note = std::string(key) + '=' + value;
}

}  // namespace

void NetworkReader::nics() {
    facts.nics = host.running
                     ? running_nics(files)
                     : Fact<std::vector<Nic>>(failure(
                           Errc::unsupported, "a directory does not tell what hardware there is"));
}

void NetworkReader::managers() {
    for (const auto& [service, names, needs] : candidates()) {
        if (!needs.empty() && !files.exists(GuestPath(needs))) continue;
        NetManager manager{service, services.first_of(names)};
        if (manager.state.state == Enablement::absent) continue;
        if (service == NetService::rh_network || service == NetService::suse_ifup)
            apply_switches(*this, manager);
        // SUSE's "network" is another name of wicked or NetworkManager on later releases.
        const bool is_alias = service == NetService::suse_ifup &&
                              std::ranges::any_of(facts.managers, [](const NetManager& other) {
                                  return other.service == NetService::wicked;
                              });
        if (!is_alias) facts.managers.push_back(std::move(manager));
    }
    for (const auto* path :
         {"/sbin/dhclient", "/usr/sbin/dhclient", "/sbin/dhcpcd", "/usr/sbin/dhcpcd", "/sbin/pump",
          "/sbin/udhcpc", "/usr/sbin/udhcpc", "/usr/lib/wicked/bin/wickedd-dhcp4",
          "/usr/libexec/wicked/bin/wickedd-dhcp4"})
        if (files.exists(GuestPath(path))) facts.dhcp_clients.emplace_back(path);
    // busybox brings a client of its own, of which udhcpc is only another name.
}

}  // namespace guestprep
