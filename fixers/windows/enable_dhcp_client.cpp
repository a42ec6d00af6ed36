// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/facts.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

struct Needed {
    std::string_view name;
    std::uint32_t start;
};
constexpr Needed kNeeded[] = {{"Tcpip", 1}, {"AFD", 1}, {"nsiproxy", 1}, {"nsi", 2}, {"NetBT", 1}};

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& system = facts.of_windows().system;
    RegistryEdits edits(facts);
    const auto* dhcp = service_called(system, "Dhcp");
    if (dhcp == nullptr) return failure(Errc::unsupported, "there is no service Dhcp");
    if (!starts_by_itself(*dhcp)) edits.start("Dhcp", 2);
    for (const auto& [name, start] : kNeeded)
        if (const auto* service = service_called(system, name);
            service != nullptr && service->start && !is_enabled(*service))
            edits.start(service->name, start);
    return edits.take();
}

}  // namespace

constinit const Fixer fixers::enable_dhcp_client{
    .id = "dhcp-client-windows",
    .title = "Start the DHCP client at boot",
    .platform = Platform::windows_guest,
    .kind = FixKind::safe,
    .changes =
        "The Start values of Dhcp and of what it needs (Tcpip, AFD, NSI, NetBT), where they are "
        "disabled.",
    .leaves = "The running network.",
    .plan = plan,
};

}  // namespace guestprep
