// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the initramfs of the default entry can be read from end to end.
// Why:         AWS opens it to add drivers; a damaged one boots nowhere.
// Source:      present guide, Troubleshooting; catalogue linux-initrd-unreadable.
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    if (!facts.boot.default_boot) return unknown(facts.boot.default_boot.error());
    const auto* const entry = facts.boot.default_entry();
    if (entry == nullptr) return unknown("the default entry is not among those that were read");
    if (entry->initrds.empty()) return not_applicable("the default entry loads no initramfs");
    for (const auto& initrd : entry->initrds) {
        if (initrd.size.is_absent())
            return fail("the default entry's initramfs is not there",
                        {{entry->where, initrd.written, "a file in /boot"}});
        if (!initrd.size) return unknown(initrd.size.error());
        if (*initrd.size == 0)
            return fail("the default entry's initramfs is empty",
                        {{initrd.path, "0 bytes", "an archive"}});
    }
    if (!facts.boot.kernel) return unknown(facts.boot.kernel.error());
    const auto& image = facts.boot.kernel->initramfs;
    if (image)
        return pass("holds " + std::to_string(image->files) + " files, " +
                    std::to_string(image->modules) + " of them kernel modules");
    if (image.error().code == Errc::bad_syntax)
        return fail("the default entry's initramfs is damaged",
                    {{entry->initrds.front().path, image.why(), "an archive that is whole"}});
    return unknown(image.error());
}

}  // namespace

constinit const Check checks::initramfs_is_readable{
    .id = "linux-initrd-unreadable",
    .title = "The initramfs is whole",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .requirement = "The initramfs of the kernel that boots must be readable.",
    .why =
        "The import task unpacks it to add drivers and ends if it cannot; a damaged one does "
        "not boot anywhere.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at = "The files that the default entry names, read and unpacked from end to end.",
    .import_error = "Unable to read initramfs/initrd.",
    .remedy =
        "Build it anew: dracut -f, update-initramfs -u or mkinitrd for the default kernel; "
        "look for a full /boot first.",
    .evaluate = evaluate,
};

}  // namespace guestprep
