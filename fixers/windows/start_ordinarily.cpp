// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "agent/facts/facts.h"
#include "agent/facts/windows_boot_edits.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

/// As bcdedit names what the store keeps as a number.
constexpr std::array<std::string_view, 3> kModes = {"minimal", "network", "dsrepair"};

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& store = facts.of_windows().boot.store;
    if (!store) return std::unexpected(store.error());
    const auto* loader = store->default_entry();
    if (loader == nullptr)
        return failure(Errc::unsupported, "the default entry leads to no Windows loader");
    if (!loader->safe_boot) {
        if (loader->is_recovery)
            return failure(Errc::unsupported,
                           "which entry is to be the default is not to be guessed");
        return ChangeSet{};
    }
    if (store->is_boot_ini)
        return edit_boot_ini(
            facts, *store, [&](BootIni& ini) { ini.remove_switch(line_of(*loader), "/safeboot"); });
    if (*loader->safe_boot >= kModes.size())
        return failure(Errc::unsupported, "safeboot is " + std::to_string(*loader->safe_boot) +
                                              ", which bcdedit could not be told to bring back");
    if (!is_entry_id(loader->id))
        return failure(Errc::unsupported, "the default entry has no name that bcdedit takes");
    ChangeSet set;
    set.changes.emplace_back(
        bcdedit({"/deletevalue", loader->id, "safeboot"},
                {"/set", loader->id, "safeboot",
                 std::string(kModes[static_cast<std::size_t>(*loader->safe_boot)])}));
    return set;
}

}  // namespace

constinit const Fixer fixers::start_ordinarily{
    .id = "win-recovery-boot",
    .title = "Start Windows as usual, not in safe mode",
    .platform = Platform::windows_guest,
    .kind = FixKind::opt_in,
    .changes = "safeboot of the default loader, by bcdedit; /safeboot in boot.ini of Server 2003.",
    .leaves =
        "Which entry is the default; what is done once at the next start, and a disk check that is "
        "due.",
    .plan = plan,
};

}  // namespace guestprep
