// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the guest's own tool can build an initramfs.
// Why:         the import builds one with drivers for EC2; where that fails, the import does.
// Source:      virt-v2v's documentation; AWS MGN's requirements.
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "agent/facts/initramfs_rebuild.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

/// dracut and initramfs-tools run programs below these.
void judge_folders(const StorageFacts& storage, std::vector<Evidence>& bad) {
    for (const auto* directory : {"/tmp", "/var/tmp"}) {
        const auto* entry = fstab_entry_at(storage, directory);
        const auto* mount = mount_at(storage, directory);
        if (entry != nullptr && entry->has_option("noexec"))
            bad.push_back(fstab_evidence(*entry, "without noexec while an initramfs is built"));
        else if (mount != nullptr &&
                 std::ranges::find(mount->options, "noexec") != mount->options.end())
            bad.push_back({directory, "mounted noexec", "mounted without noexec"});
    }
}

void judge_room(const Facts& facts, std::vector<Evidence>& bad) {
    const auto space = facts.storage.space.find("/boot");
    const auto* entry = facts.boot.default_entry();
    if (space == facts.storage.space.end() || !space->second || entry == nullptr) return;
    std::uint64_t needed = 0;
    for (const auto& image : entry->initrds)
        if (image.size) needed += *image.size;
    if (space->second->free_bytes < needed)
        bad.push_back({"/boot", size_text(space->second->free_bytes) + " free",
                       size_text(needed) + " for a second initramfs"});
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& settings = facts.boot.initramfs_settings;
    std::vector<Evidence> bad;
    if (settings.is_absent())
        bad.push_back({"/usr/bin, /sbin", "neither dracut nor update-initramfs nor mkinitrd",
                       "the distribution's tool"});
    else if (!settings)
        return unknown(settings.error());
    if (lacks_dhclient_for_dracut(facts))
        bad.push_back({facts.first_boot.network_legacy.at,
                       "asks for dhclient, which is not installed", "no such file"});
    judge_folders(facts.storage, bad);
    judge_room(facts, bad);
    if (!bad.empty()) {
        auto summary = "a new initramfs may fail: " + bad.front().where + ": " + bad.front().found;
        return fail(std::move(summary), std::move(bad));
    }
    return pass(settings->tool + " can build an initramfs");
}

}  // namespace

constinit const Check checks::initramfs_can_be_rebuilt{
    .id = "linux-rebuild-preflight",
    .title = "An initramfs can be built in the guest",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .requirement = "The tool is installed, has room in /boot and can run programs where it works.",
    .why =
        "The import builds a new initramfs with the drivers of EC2 inside the guest. dracut ends "
        "without one where its configuration asks for a program that is missing.",
    .source =
        "https://libguestfs.org/virt-v2v.1.html; "
        "https://docs.aws.amazon.com/mgn/latest/ug/installation-requirements.html",
    .looks_at =
        "The tool, /etc/dracut.conf.d/50-network-legacy.conf against dhclient, noexec on /tmp and "
        "/var/tmp, free space in /boot.",
    .import_effect = "Builds an initramfs with Xen and NVMe drivers.",
    .remedy = "Remove what is named here, then try it: dracut -f, or update-initramfs -u.",
    .evaluate = evaluate,
};

}  // namespace guestprep
