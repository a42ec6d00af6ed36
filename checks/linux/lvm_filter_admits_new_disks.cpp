// SPDX-License-Identifier: Apache-2.0
//
// Requirement: LVM's filter lets the disks of the instance through.
// Why:         a filter for /dev/sd* hides xvda and nvme0n1, and all volumes on them.
// Source:      lvm.conf(5).
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/lvm_root.h"
#include "agent/formats/lvm_filter.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"data", Severity::warning, "The system itself is not on LVM"},
};

/// Links that udev makes from what is on the disk: they move with it.
bool moves_along(const std::string& name) {
    return contains(name, "/by-partuuid/") || contains(name, "/by-partlabel/") ||
           contains(name, "/lvm-pv-uuid-") || contains(name, "/by-uuid/") ||
           contains(name, "/by-label/");
}

/// The names that the instance gives a physical volume on its first disk.
std::vector<std::string> new_names(const StorageFacts& storage, std::string_view disk,
                                   std::string_view part) {
    std::vector<std::string> names;
    if (!storage.devices) return {"/dev/" + std::string(disk) + std::string(part) + "2"};
    for (const auto& device : *storage.devices) {
        if (device.type != "LVM2_member") continue;
        auto name = "/dev/" + std::string(disk);
        if (device.partition_number != 0)
            name += std::string(part) + std::to_string(device.partition_number);
        names.push_back(std::move(name));
        for (const auto& link : device.names)
            if (moves_along(link)) names.push_back(link);
        break;
    }
    if (names.empty()) names.push_back("/dev/" + std::string(disk) + std::string(part) + "2");
    return names;
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& filters = facts.volume_managers.filters;
    if (filters.is_absent()) return not_applicable("LVM is not installed");
    if (!filters) return unknown(filters.error());
    std::vector<Evidence> blind;
    for (const auto& filter : *filters) {
        std::string hidden;
        const std::pair<std::string_view, std::string_view> disks[] = {{"xvda", ""},
                                                                       {"nvme0n1", "p"}};
        for (const auto& [disk, part] : disks) {
            const auto admits =
                lvm_filter_admits(filter.patterns, new_names(facts.storage, disk, part));
            if (!admits)
                return unknown(filter.line.at + ": " + admits.error().message)
                    .with({{filter.line.at, filter.line.text, ""}});
            if (!*admits) hidden += (hidden.empty() ? "" : " and ") + std::string(disk);
        }
        if (!hidden.empty())
            blind.push_back({filter.line.at, filter.line.text, "a filter that admits " + hidden});
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
