// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the root file system is an ordinary one that AWS can write to.
// Why:         edits of a read-only, overlaid or image-based root fail or are gone at the boot.
// Source:      NixOS/nixpkgs#71770, coreos-assembler#2140.
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "agent/formats/kernel_command_line.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kExpected = "a root file system that is written to in its place";
constexpr std::string_view kOptions[] = {"overlayroot", "systemd.volatile", "roothash",
                                         "ostree",      "rd.live.image",    "rd.overlayfs",
                                         "readonlyroot"};
constexpr std::string_view kImages[] = {"squashfs", "erofs",  "overlay",
                                        "aufs",     "cramfs", "composefs"};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& storage = facts.storage;
    std::vector<Evidence> signs;
    for (const auto& sign : facts.offline_edits.read_only_root)
        signs.push_back({sign.at, sign.text, std::string(kExpected)});
    const auto* fstab_root = fstab_entry_at(storage, "/");
    if (fstab_root != nullptr && fstab_root->has_option("ro") && !fstab_root->has_option("rw"))
        signs.push_back(fstab_evidence(*fstab_root, "without ro"));
    const auto* mount = mount_at(storage, "/");
    if (mount != nullptr && std::ranges::find(kImages, mount->type) != std::end(kImages))
        signs.push_back({"/", "mounted as " + mount->type, std::string(kExpected)});
    const auto* entry = facts.boot.default_entry();
    if (entry != nullptr)
        for (const auto option : kOptions)
            if (const auto value = kernel_argument(entry->command_line, option);
                value && *value != "disabled" && *value != "no" && *value != "0")
                signs.push_back({entry->command_line_where,
                                 std::string(option) + (value->empty() ? "" : "=" + *value),
                                 "without it"});
    if (!signs.empty()) {
        auto summary = "the root file system cannot be edited: " + signs.front().where + ": " +
                       signs.front().found;
        return fail(std::move(summary), std::move(signs));
    }
    if (!storage.fstab && !storage.fstab.is_absent()) return unknown(storage.fstab.error());
    if (entry == nullptr) return unknown("the command line of the next boot is not known");
    return pass("the root file system is written to in its place");
}

}  // namespace

constinit const Check checks::root_can_be_edited{
    .id = "linux-readonly-root",
    .title = "The root file system can be edited from outside",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .requirement = "/etc and /boot are ordinary directories of an ordinary root file system.",
    .why =
        "AWS finds no /etc to edit, or its edits vanish: the guest boots as it was, without "
        "drivers or with its old network.",
    .source =
        "https://github.com/NixOS/nixpkgs/issues/71770; "
        "https://github.com/coreos/coreos-assembler/pull/2140",
    .looks_at =
        "overlayroot.conf, readonly-root, ostree, options of / in /etc/fstab, the type "
        "that / has, the kernel command line.",
    .import_error = "Unable to find an etc directory with fstab",
    .remedy =
        "Switch the overlay or read-only root off for the import; import systems of ostree "
        "as snapshots (--route snapshot).",
    .evaluate = evaluate,
};

}  // namespace guestprep
