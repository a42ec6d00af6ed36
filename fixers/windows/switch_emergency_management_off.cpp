// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/facts.h"
#include "agent/facts/windows_boot_edits.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& store = facts.of_windows().boot.store;
    if (!store) return std::unexpected(store.error());
    const auto* loader = store->default_entry();
    if (store->is_boot_ini) {
        if (!store->has_ems && (loader == nullptr || !loader->has_ems)) return ChangeSet{};
        return edit_boot_ini(facts, *store, [](BootIni& ini) { ini.switch_redirection_off(); });
    }
    ChangeSet set;
    if (store->has_ems)
        set.changes.emplace_back(bcdedit({"/set", "{emssettings}", "bootems", "no"},
                                         {"/set", "{emssettings}", "bootems", "yes"}));
    if (loader != nullptr && loader->has_ems) {
        if (!is_entry_id(loader->id))
            return failure(Errc::unsupported, "the default entry has no name that bcdedit takes");
        set.changes.emplace_back(bcdedit({"/ems", loader->id, "off"}, {"/ems", loader->id, "on"}));
    }
    return set;
}

}  // namespace

constinit const Fixer fixers::switch_emergency_management_off{
    .id = "win-ems",
    .title = "Switch Emergency Management Services off",
    .platform = Platform::windows_guest,
    .kind = FixKind::opt_in,
    .changes =
        "bootems of the EMS settings and ems of the default loader, by bcdedit; redirect=, "
        "redirectbaudrate= and /redirect in boot.ini of Server 2003.",
    .leaves = "The port and its speed in the boot configuration store; other loaders.",
    .plan = plan,
};

}  // namespace guestprep
