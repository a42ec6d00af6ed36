// SPDX-License-Identifier: Apache-2.0
//
// Changes: GRUB's default entry, to one that starts, and its timeout.
// Leaves:  entries themselves; a default that asks for a password or starts another system.
#include <algorithm>
#include <iterator>

#include "agent/core/text.h"
#include "agent/facts/grub_environment.h"
#include "agent/facts/kernel_arguments.h"
#include "agent/formats/grub_default_edit.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

constexpr int kSeconds = 5;
constexpr std::uint64_t kLongest = 60;

Result<ChangeSet> refuse(std::string why) { return failure(Errc::unsupported, std::move(why)); }

/// Whether the menu waits for a key or for longer than the check lets pass.
bool waits(const BootFacts& boot) {
    if (!boot.timeout) return false;
    const auto seconds = to_number(*boot.timeout);
    return boot.timeout->starts_with('-') || (seconds && *seconds > kLongest);
}

/// The setting names no entry that is there, or there is none where one is to be saved.
bool names_nothing(const BootFacts& boot) {
    if (!boot.default_boot) return boot.default_boot.is_absent();
    const auto& choice = *boot.default_boot;
    if (choice.fell_back && !choice.setting.empty()) return true;
    return boot.default_is_saved && choice.setting.empty() && !boot.uses_bls;
}

/// What the check finds wrong with the default entry.
bool does_not_start(const BootEntry& entry) {
    return entry.kernel.written.empty() || entry.kernel.size.is_absent() || entry.needs_password;
}

bool starts(const BootEntry& entry) {
    return !entry.kernel.written.empty() && entry.kernel.size && !entry.needs_password &&
           std::ranges::all_of(entry.initrds,
                               [](const BootFile& file) { return file.size.has_value(); });
}

/// The entry of the kernel that runs now, which is known to start here; else the one that starts
/// anyway.
Result<std::size_t> entry_to_start(const Facts& facts) {
    const auto& boot = facts.boot;
    const auto fails = [](std::string why) { return failure(Errc::unsupported, std::move(why)); };
    if (boot.default_boot && boot.default_entry() != nullptr && starts(*boot.default_entry()))
        return static_cast<std::size_t>(boot.default_boot->entry);
    if (const auto* entry = boot.default_entry(); entry != nullptr) {
        if (entry->kernel.written.empty())
            return fails("the default entry \"" + shown(entry->title) +
                         "\" starts another system: choose one by hand");
        if (entry->needs_password)
            return fails("the default entry asks for a password: choose another one by hand");
    }
    if (facts.os.running_kernel)
        for (std::size_t i = 0; i < boot.entries.size(); ++i)
            if (starts(boot.entries[i]) &&
                boot.entries[i].kernel.path.ends_with('-' + *facts.os.running_kernel))
                return i;
    return fails("no entry of the boot menu starts the kernel that runs now");
}

/// How the loader's default names the entry.
Result<std::string> name_of(const BootFacts& boot, const LoaderConfig& config, std::size_t index) {
    if (config.loader == LoaderKind::grub_legacy) return std::to_string(index);
    const auto& id = boot.entries[index].id;
    if (boot.uses_bls && !id.empty()) return id;
    // Those of submenus have longer names, which are not known here.
    if (index == 0) return std::string("0");
    return failure(Errc::unsupported, "\"" + shown(boot.entries[index].title) +
                                          "\" lies in a submenu: make it the default by hand");
}

Result<ChangeSet> edit_menu(const Facts& facts, const LoaderConfig& config,
                            const std::optional<std::string>& entry, bool timeout) {
    const GuestPath path(config.path);
    const auto source = facts.sources.find(path);
    if (source == facts.sources.end()) return refuse(path.str() + ": its text is not known");
    auto after = source->second;
    if (entry) after = set_legacy_command(after, "default", *entry);
    if (timeout) after = set_legacy_command(after, "timeout", std::to_string(kSeconds));
    ChangeSet set;
    set.changes.push_back(FileEdit{.path = path, .before = source->second, .after = after});
    return set;
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& boot = facts.boot;
    const auto* config = used_loader_config(boot);
    if (config == nullptr) return refuse("it is not clear which configuration the loader reads");
    const auto* now = boot.default_entry();
    const bool is_wrong = names_nothing(boot) || (now != nullptr && does_not_start(*now));
    const bool timeout = waits(boot);
    if (!is_wrong && !timeout) return ChangeSet{};
    std::optional<std::string> entry;
    if (is_wrong) {
        const auto index = entry_to_start(facts);
        if (!index) return std::unexpected(index.error());
        auto name = name_of(boot, *config, *index);
        if (!name) return std::unexpected(name.error());
        entry = std::move(*name);
    }
    if (config->loader == LoaderKind::grub_legacy) return edit_menu(facts, *config, entry, timeout);
    if (config->loader != LoaderKind::grub2) return refuse("the boot loader is not GRUB");

    ChangeSet set;
    GrubSettings settings;
    if (timeout) settings.emplace_back("GRUB_TIMEOUT", std::to_string(kSeconds));
    if (entry && boot.default_is_saved) {
        auto saved = with_saved_entry(facts, *entry);
        if (!saved) return std::unexpected(saved.error());
        set.changes.emplace_back(std::move(*saved));
    } else if (entry) {
        settings.emplace_back("GRUB_DEFAULT", *entry);
    }
    if (settings.empty()) return set;
    auto defaults = with_default_grub(facts, settings);
    if (!defaults) return defaults;
    std::ranges::move(defaults->changes, std::back_inserter(set.changes));
    auto command = rewrite_grub_cfg(facts);
    if (!command) return std::unexpected(command.error());
    set.changes.emplace_back(std::move(*command));
    return set;
}

}  // namespace

constinit const Fixer fixers::start_an_entry_soon{
    .id = "linux-grub-default",
    .title = "Let GRUB start an entry that is there, and soon",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "The default, where it names no entry or one whose kernel is gone: to the entry that "
        "starts "
        "anyway, else to that of the running kernel. A timeout that waits for a key or over a "
        "minute: to 5 seconds. In GRUB's environment block, in /etc/default/grub with the "
        "distribution's generator, or in GRUB legacy's menu.",
    .leaves =
        "Entries themselves; a default that asks for a password or starts another system; entries "
        "in submenus.",
    .plan = plan,
};

}  // namespace guestprep
