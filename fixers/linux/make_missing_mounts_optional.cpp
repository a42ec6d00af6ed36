// SPDX-License-Identifier: Apache-2.0
//
// Changes: the options of lines in /etc/fstab whose device is not there: nofail, and on systemd a
//          device time-out of ten seconds.
// Leaves:  the line of /, and lines of which it cannot be seen whether their device is there.
#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& fstab = facts.storage.fstab;
    if (!fstab) return std::unexpected(fstab.error());
    std::vector<std::string> wanted = {optional_at_boot(facts.os)};
    if (facts.os.init == InitSystem::systemd) wanted.push_back("x-systemd.device-timeout=10");

    auto text = Fstab::parse(fstab->text);
    std::vector<std::string> notes;
    for (const auto& entry : fstab->entries) {
        const auto effect = when_missing(entry, facts.os.init);
        if (effect == AtBoot::untouched) continue;
        if (presence_of(entry, facts.storage) != Presence::missing) continue;
        if (entry.mount_point == "/") {
            notes.push_back("/etc/fstab:" + std::to_string(entry.line) +
                            ": the line of / names what is not there; correct it by hand");
            continue;
        }
        add_options(text, entry.line, wanted);
    }
    auto set = fstab_change(*fstab, text);
    set.notes = std::move(notes);
    return set;
}

}  // namespace

constinit const Fixer fixers::make_missing_mounts_optional{
    .id = "linux-fstab-stale",
    .title = "Let the boot go on without the mounts whose device is not there",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "The options of those lines in /etc/fstab: nofail (nobootwait for mountall of Ubuntu), and "
        "a "
        "time-out of ten seconds under systemd.",
    .leaves = "The line of /, and every line whose device is there or cannot be seen.",
    .plan = plan,
};

}  // namespace guestprep
