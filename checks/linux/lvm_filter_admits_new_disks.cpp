// SPDX-License-Identifier: Apache-2.0
//
// Requirement: LVM's filter lets the disks of the instance through.
// Why:         a filter for /dev/sd* hides xvda and nvme0n1, and all volumes on them.
// Source:      lvm.conf(5).
#include "agent/facts/facts.h"
#include "agent/facts/lvm_disks.h"
#include "agent/facts/lvm_root.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"data", Severity::warning, "The system itself is not on LVM"},
};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& filters = facts.volume_managers.filters;
    if (filters.is_absent()) return not_applicable("LVM is not installed");
    if (!filters) return unknown(filters.error());
    std::vector<Evidence> blind;
    for (const auto& filter : *filters) {
        const auto hidden = disks_hidden_by(facts.storage, filter.patterns);
        if (!hidden)
            return unknown(filter.line.at + ": " + hidden.error().message)
                .with({{filter.line.at, filter.line.text, ""}});
        if (!hidden->empty())
            blind.push_back({filter.line.at, filter.line.text, "a filter that admits " + *hidden});
    }
    if (blind.empty())
        return pass(filters->empty() ? "LVM has no filter"
                                     : "LVM's filter admits the disks of EC2");
    auto summary = "LVM's filter in " + blind.front().where + " hides the disks of EC2";
    auto finding = fail(std::move(summary), std::move(blind));
    const auto on_lvm = system_is_on_lvm(facts);
    if (on_lvm == Truth::no) return std::move(finding).as("data");
    return finding;
}

}  // namespace

constinit const Check checks::lvm_filter_admits_new_disks{
    .id = "linux-lvm-filter",
    .title = "LVM's filter admits the disks of EC2",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "LVM looks for physical volumes on xvda and nvme0n1 as well.",
    .why =
        "Disks are called xvda or nvme0n1 in EC2. A filter that admits /dev/sd* alone hides the "
        "physical volumes, and the boot finds no root file system.",
    .source = "lvm.conf(5)",
    .looks_at =
        "filter and global_filter in lvm.conf and lvmlocal.conf, tried on the names that the "
        "physical volumes will have, and on the links that stay.",
    .remedy =
        "Take the filter out of lvm.conf, or let it accept a|^/dev/xvd| and a|^/dev/nvme|, and "
        "rebuild the initramfs, which holds a copy.",
    .evaluate = evaluate,
};

}  // namespace guestprep
