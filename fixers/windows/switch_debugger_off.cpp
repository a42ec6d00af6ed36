// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/windows_boot_edits.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

// As Microsoft's BCD reference has them.
constexpr std::string_view kManager = "{9dea862c-5cdd-4e70-acc1-f32b344d4795}";
constexpr std::string_view kDebugger = "260000a0", kBootDebugger = "16000010";

/// Port and speed serve the dump of /crashdebug too.
Result<ChangeSet> take_out_of_boot_ini(const Facts& facts, const BootStore& store,
                                       const BootLoaderObject& loader) {
    bool is_shared = false;
    auto set = edit_boot_ini(facts, store, [&](BootIni& ini) {
        const auto line = line_of(loader);
        is_shared = std::ranges::any_of(ini.entries(), [&](const BootIniEntry& entry) {
            return entry.line == line && entry.has("/crashdebug");
        });
        for (const auto* name : {"/debug", "/debugport", "/baudrate"})
            ini.remove_switch(line, name);
    });
    if (is_shared)
        return failure(Errc::unsupported, loader.where + ": /crashdebug uses the same port");
    return set;
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& store = facts.of_windows().boot.store;
    if (!store) return std::unexpected(store.error());
    const auto* loader = store->default_entry();
    if (loader == nullptr || !loader->has_debugger) return ChangeSet{};
    if (store->is_boot_ini) return take_out_of_boot_ini(facts, *store, *loader);
    if (!is_entry_id(loader->id))
        return failure(Errc::unsupported, "the default entry has no name that bcdedit takes");
    ChangeSet set;
    const auto switch_off = [&](std::string_view id, std::string_view element, const char* word) {
        if (is_on_in_store(facts, id, element))
            set.changes.emplace_back(
                bcdedit({word, std::string(id), "off"}, {word, std::string(id), "on"}));
    };
    switch_off(loader->id, kDebugger, "/debug");
    switch_off(loader->id, kBootDebugger, "/bootdebug");
    switch_off(kManager, kBootDebugger, "/bootdebug");
    if (set.empty())
        return failure(Errc::unsupported, "which debugger is on is not known from these facts");
    return set;
}

}  // namespace

constinit const Fixer fixers::switch_debugger_off{
    .id = "win-kernel-debug",
    .title = "Switch the kernel and boot debuggers off",
    .platform = Platform::windows_guest,
    .kind = FixKind::opt_in,
    .changes =
        "debug and bootdebug of the default loader and bootdebug of the boot manager, by bcdedit; "
        "/debug, /debugport and /baudrate in boot.ini of Server 2003.",
    .leaves = "The debugger's own settings in the boot configuration store; other loaders.",
    .plan = plan,
};

}  // namespace guestprep
