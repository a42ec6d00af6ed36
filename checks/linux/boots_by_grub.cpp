// SPDX-License-Identifier: Apache-2.0
//
// Requirement: GRUB legacy or GRUB 2 boots the system.
// Why:         the import task edits GRUB's configuration and knows no other loader.
// Source:      2018 document, Prepare Your VM, Linux.
#include <algorithm>

#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {"linux-grub-none"};

bool is_grub(LoaderKind loader) {
    return loader == LoaderKind::grub2 || loader == LoaderKind::grub_legacy;
}

std::string name_of(LoaderKind loader) {
    return std::string(enum_names(loader)[static_cast<std::size_t>(loader)]);
}

/// The disk with / or /boot whose first sector holds LILO; BIOS starts that before anything else.
const BlockDevice* disk_with_lilo(const Facts& facts) {
    if (facts.os.firmware && *facts.os.firmware == Firmware::uefi) return nullptr;
    const auto disks = boot_disks(facts.storage);
    if (!disks) return nullptr;
    for (const auto* disk : *disks)
        if (disk->boot_code == "lilo") return disk;
    return nullptr;
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& boot = facts.boot;
    if (const auto* const disk = disk_with_lilo(facts))
        return fail("lilo boots this system, not GRUB",
                    {{"/dev/" + disk->kernel_name + ", first sector", "LILO", "GRUB"}});
    const auto used = std::ranges::find(boot.configs, true, &LoaderConfig::is_used);
    const auto has_program = [&](bool grub) {
        return std::ranges::any_of(boot.loaders, [&](const LoaderTrace& trace) {
            return trace.is_program && is_grub(trace.loader) == grub;
        });
    };
    std::vector<Evidence> others;
    for (const auto& trace : boot.loaders)
        if (!is_grub(trace.loader)) others.push_back({trace.path, name_of(trace.loader), "GRUB"});

    if (used != boot.configs.end()) {
        if (has_program(true) || !has_program(false))
            return pass(name_of(used->loader) + " with " + used->path);
        return unknown("GRUB is set up in " + used->path + ", but the program of another loader " +
                       "is installed, and GRUB's own is not found")
            .with(std::move(others));
    }
    if (!boot.unread_folders.empty())
        return unknown(boot.unread_folders.front() + " cannot be looked into");
    if (others.empty())
        return fail("no boot loader is set up", {{"/boot", "no GRUB configuration", "GRUB"}});
    const auto other = others.front().found;
    return fail(other + " boots this system, not GRUB", std::move(others));
}

}  // namespace

constinit const Check checks::boots_by_grub{
    .id = "linux-bootloader-grub",
    .covers = kCovers,
    .title = "GRUB boots the system",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .requirement = "The boot loader must be GRUB legacy or GRUB 2.",
    .why = "The import task reads and edits GRUB's configuration; it ends where it finds none.",
    .source =
        "2018 document, Prepare Your VM; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prepare-vm-image.html",
    .looks_at =
        "Configurations and programs of boot loaders in /boot, /etc and the EFI system "
        "partition.",
    .import_error = "No GRUB configuration found.",
    .remedy =
        "Install GRUB 2 of the distribution on the boot disk, restart once, and remove the "
        "other loader.",
    .evaluate = evaluate,
};

}  // namespace guestprep
