// SPDX-License-Identifier: Apache-2.0
//
// Changes: the first field of lines in /etc/fstab, to UUID=. Not one other byte.
// Leaves:  a line whose device has no UUID, shares it or cannot be seen.
#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& fstab = facts.storage.fstab;
    if (!fstab) return std::unexpected(fstab.error());
    if (!facts.storage.devices) return std::unexpected(facts.storage.devices.error());

    auto wanted = Fstab::parse(fstab->text);
    std::vector<std::string> notes;
    for (const auto& entry : fstab->entries) {
        if (!changes_on_other_hardware(entry)) continue;
        const auto uuid = unique_uuid(facts.storage, entry.spec);
        if (!uuid.empty())
            wanted.set_spec(entry.line, uuid);
        else
            notes.push_back("/etc/fstab:" + std::to_string(entry.line) + ": " + entry.spec +
                            " is left, no UUID is known to be its own");
    }
    auto set = fstab_change(*fstab, wanted);
    set.notes = std::move(notes);
    return set;
}

}  // namespace

constinit const Fixer fixers::name_mounts_by_uuid{
    .id = "linux-fstab-uuid",
    .title = "Name mounts in /etc/fstab by UUID",
    .platform = Platform::linux_guest,
    .kind = FixKind::safe,
    .changes = "The first field of the lines in /etc/fstab that name a device by what changes.",
    .leaves = "Lines whose device has no UUID of its own. What is mounted now stays mounted.",
    .plan = plan,
};

}  // namespace guestprep
