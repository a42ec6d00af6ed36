// SPDX-License-Identifier: Apache-2.0
//
// Requirement: there is one GRUB configuration.
// Why:         the import task finds several with different content and cannot tell which counts.
// Source:      present guide, Troubleshooting; catalogue linux-grub-dup.
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    std::vector<Evidence> different;
    std::string unread;
    for (const auto& config : facts.boot.configs) {
        const bool grub =
            config.loader == LoaderKind::grub2 || config.loader == LoaderKind::grub_legacy;
        // A stub on the EFI system partition is how Debian, Ubuntu and EL 9 do it.
        if (!grub || !config.same_as.empty() || config.is_stub) continue;
        if (!config.unread.empty()) {
            unread = config.unread;
            continue;
        }
        different.push_back(
            {config.path, config.is_used ? "the one in use" : "another one", "one configuration"});
    }
    if (different.size() > 1)
        return fail("several GRUB configurations differ", std::move(different));
    if (!unread.empty()) return unknown(unread);
    if (!facts.boot.unread_folders.empty())
        return unknown(facts.boot.unread_folders.front() + " cannot be looked into");
    if (different.empty()) return not_applicable("there is no GRUB configuration");
    return pass("only " + different.front().where);
}

}  // namespace

constinit const Check checks::grub_configuration_is_unique{
    .id = "linux-grub-dup",
    .title = "There is one GRUB configuration",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .requirement = "Configurations of GRUB in the known places must not differ.",
    .why =
        "The import task stops where it finds several: left-overs of GRUB legacy, or copies for "
        "BIOS and for UEFI.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at =
        "grub.cfg, grub.conf and menu.lst in /boot/grub, /boot/grub2 and the folders of "
        "the EFI system partition; links and stubs do not count.",
    .import_error =
        "Multiple different grub.cfg files found. / Multiple different menu.lst files "
        "found.",
    .remedy = "Keep the configuration in use; move the others to a folder outside /boot.",
    .evaluate = evaluate,
};

}  // namespace guestprep
