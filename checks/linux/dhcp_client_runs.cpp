// SPDX-License-Identifier: Apache-2.0
//
// Requirement: a DHCP client is there and the service that uses it starts at boot.
// Why:         EC2 hands out the address by DHCP and by nothing else.
// Source:      2018 document, Programming Modification for VM Import; present guide, Linux
// requirements.
#include "agent/facts/facts.h"
#include "agent/facts/new_nic.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

/// What the service asks for an address with; empty where it has no client.
std::string client_of(const Facts& all, NetService service) {
    const auto& facts = all.network;
    const auto program = [&](std::initializer_list<std::string_view> names) -> std::string {
        for (const auto& path : facts.dhcp_clients)
            for (const auto name : names)
                if (path.ends_with(name)) return path;
        return {};
    };
    switch (service) {
        case NetService::networkd:
        case NetService::dhcpcd:
            return "its own client";
        case NetService::network_manager:
            // Releases of before 2015 have none of their own; what they ran under tells them.
            if (auto found = program({"/dhclient", "/dhcpcd"}); !found.empty()) return found;
            return all.os.init == InitSystem::systemd ? "its own client" : "";
        case NetService::wicked:
            return program({"/wickedd-dhcp4"});
        case NetService::suse_ifup:
            return program({"/dhcpcd", "/dhclient"});
        case NetService::rh_network:
            return program({"/dhclient", "/dhcpcd", "/pump"});
        case NetService::ifupdown:
            return program({"/dhclient", "/udhcpc", "/dhcpcd", "/pump"});
        case NetService::other:
            break;
    }
    return {};
}

bool is_open(const NetManager& manager) {
    return manager.state.state == Enablement::unknown || manager.service == NetService::other;
}

Finding evaluate(const Facts& all, const Profile&) {
    const auto& facts = all.network;
    std::vector<Evidence> without;
    std::vector<Evidence> idle;
    const NetManager* open = nullptr;
    for (const auto& manager : facts.managers) {
        const auto title = std::string(title_of(manager.service));
        if (is_open(manager)) {
            open = &manager;
        } else if (!starts(facts, manager)) {
            const std::string state(
                enum_names(manager.state.state)[static_cast<std::size_t>(manager.state.state)]);
            idle.push_back({manager.state.evidence, manager.state.name + ": " + state, "enabled"});
        } else if (const auto client = client_of(all, manager.service); !client.empty()) {
            return pass(title + " starts at boot and uses " + client);
        } else {
            without.push_back({manager.state.evidence, title + " starts, without a DHCP client",
                               "dhclient or another client installed"});
        }
    }
    if (open != nullptr)
        return unknown("it is not clear what " + open->state.name + " does: " + open->state.note);
    if (!without.empty()) return fail("no DHCP client is installed", std::move(without));
    if (!idle.empty()) return fail("no network service starts at boot", std::move(idle));
    return unknown("no network service that is known here is installed");
}

}  // namespace

constinit const Check checks::dhcp_client_runs{
    .id = "dhcp-client-linux",
    .title = "A DHCP client starts at boot",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .requirement = "A DHCP client must be installed and must not be disabled.",
    .why =
        "Without one the instance has no address: the import's trial boot ends with a time-out, "
        "or nobody can reach the instance.",
    .source =
        "2018 document, Programming Modification for VM Import; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at =
        "Whether NetworkManager, systemd-networkd, networking, network or wicked starts at "
        "the next boot, and which DHCP client each would use.",
    .remedy =
        "Install the distribution's DHCP client (isc-dhcp-client, dhclient, dhcp-client) and "
        "enable its network service.",
    .evaluate = evaluate,
};

}  // namespace guestprep
