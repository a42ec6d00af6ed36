// SPDX-License-Identifier: Apache-2.0
//
// Changes: filter and global_filter of lvm.conf that hide EC2's disks become comments; the
//          initramfs is built anew where the system is on LVM.
// Leaves:  filters that admit them.
#include "agent/facts/initramfs_rebuild.h"
#include "agent/facts/lvm_disks.h"
#include "agent/facts/lvm_root.h"
#include "agent/facts/network_edits.h"
#include "agent/formats/braced_settings.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

/// Those of one file, also where a later file's counts: without that one they would.
Result<std::vector<BracedSetting>> blind_filters(const Facts& facts, const std::string& text) {
    std::vector<BracedSetting> out;
    for (auto& setting : parse_braced_settings(text)) {
        if (setting.name != "devices/filter" && setting.name != "devices/global_filter") continue;
        const auto hidden = disks_hidden_by(facts.storage, setting.values);
        if (!hidden) return std::unexpected(hidden.error());
        if (!hidden->empty()) out.push_back(std::move(setting));
    }
    return out;
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    ChangeSet set;
    for (const auto* name : {"/etc/lvm/lvm.conf", "/etc/lvm/lvmlocal.conf"}) {
        const auto source = facts.sources.find(GuestPath(name));
        if (source == facts.sources.end()) continue;
        const auto blind = blind_filters(facts, source->second);
        if (!blind)
            return failure(Errc::unsupported, std::string(name) + ": " + blind.error().message);
        if (blind->empty()) continue;
        auto after = comment_out_settings(source->second, *blind);
        if (!after) return std::unexpected(std::move(after.error()).within(name));
        if (auto done = add_edit(facts, source->first, std::move(*after), set); !done)
            return std::unexpected(done.error());
    }
    // A copy of the file lies in the initramfs.
    if (set.empty() || system_is_on_lvm(facts) == Truth::no) return set;
    auto command = rebuild_initramfs(facts);
    if (!command) return std::unexpected(command.error());
    set.changes.emplace_back(std::move(*command));
    return set;
}

}  // namespace

constinit const Fixer fixers::drop_lvm_filter{
    .id = "linux-lvm-filter",
    .title = "Let LVM's filter admit the disks of EC2",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "filter and global_filter that hide xvda or nvme0n1, in lvm.conf and lvmlocal.conf, become "
        "comments: LVM then looks at every disk. Where the system itself is on LVM, the initramfs, "
        "which holds a copy, is built anew.",
    .leaves = "Filters that admit the disks of EC2, LVM's list of devices, the volumes themselves.",
    .must_pass = true,
    .plan = plan,
};

}  // namespace guestprep
