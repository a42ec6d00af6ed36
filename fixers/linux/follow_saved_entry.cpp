// SPDX-License-Identifier: Apache-2.0
//
// Changes: GRUB_DEFAULT=saved, with grub.cfg written anew, and the entry that starts now saved.
// Leaves:  menus that are not made of loader entries; an environment block that is damaged.
#include <algorithm>
#include <iterator>

#include "agent/core/text.h"
#include "agent/facts/grub_environment.h"
#include "agent/facts/kernel_arguments.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

bool default_is_other(const BootFacts& boot) {
    if (!boot.default_grub) return false;
    const auto setting = boot.default_grub->find("GRUB_DEFAULT");
    return setting != boot.default_grub->end() && setting->second != "saved";
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& boot = facts.boot;
    ChangeSet set;
    if (!boot.uses_bls) return set;
    if (!boot.environment) return failure(Errc::unsupported, boot.environment.error().message);
    const auto* entry = boot.default_entry();
    if (entry == nullptr || entry->id.empty())
        return failure(Errc::unsupported, "it is not known which entry of the boot menu starts");
    if (!saves_an_entry(boot)) {
        auto saved = with_saved_entry(facts, entry->id);
        if (!saved) return std::unexpected(saved.error());
        set.changes.emplace_back(std::move(*saved));
    }
    if (default_is_other(boot) || !boot.default_is_saved) {
        auto defaults = with_default_grub(facts, {{"GRUB_DEFAULT", "saved"}});
        if (!defaults) return defaults;
        std::ranges::move(defaults->changes, std::back_inserter(set.changes));
    }
    if (boot.default_is_saved) return set;
    auto command = rewrite_grub_cfg(facts);
    if (!command) return std::unexpected(command.error());
    set.changes.emplace_back(std::move(*command));
    return set;
}

}  // namespace

constinit const Fixer fixers::follow_saved_entry{
    .id = "linux-bls-saved-entry",
    .title = "Let GRUB start the entry that is saved, and save the one that starts now",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "GRUB_DEFAULT in /etc/default/grub, saved_entry in GRUB's environment block; grub.cfg is "
        "written anew by grub2-mkconfig where it follows something else.",
    .leaves = "An environment block that is not there or damaged.",
    .plan = plan,
};

}  // namespace guestprep
