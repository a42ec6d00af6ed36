// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/facts.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_protection.h"
#include "agent/facts/windows_services.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& system = facts.of_windows().system;
    if (!system.services) return std::unexpected(system.services.error());
    RegistryEdits edits(facts);
    for (const auto& service : *system.services) {
        const auto product = protection_product(service);
        if (product.empty() || product == kDefenderProduct || !starts_by_itself(service)) continue;
        edits.start(service.name, kServiceDisabled);
    }
    auto set = edits.take();
    if (set && !set->empty())
        set->notes.emplace_back("after the import: guestprep undo --only av-ids-disabled");
    return set;
}

}  // namespace

constinit const Fixer fixers::switch_antivirus_off{
    .id = "av-ids-disabled",
    .title = "Keep antivirus from starting until it is undone",
    .platform = Platform::windows_guest,
    .kind = FixKind::opt_in,
    .changes =
        "The Start values of services and filters of known products: disabled. guestprep undo "
        "--only av-ids-disabled brings them back.",
    .leaves = "Microsoft Defender; what tamper protection guards; what runs now.",
    .plan = plan,
};

}  // namespace guestprep
