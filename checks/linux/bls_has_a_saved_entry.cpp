// SPDX-License-Identifier: Apache-2.0
//
// Requirement: where entries come from /boot/loader/entries, the saved entry names one of them.
// Why:         the import task takes the default kernel from there and ends where it cannot.
// Source:      present guide, Troubleshooting; catalogue linux-bls-saved-entry.
#include "agent/facts/facts.h"
#include "agent/facts/grub_environment.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

std::vector<Evidence> judge_environment(const BootFacts& boot) {
    const auto& block = *boot.environment;
    if (!block.has_header || !block.has_right_size)
        return {{block.path, "a damaged environment block", "1024 bytes with GRUB's first line"}};
    const auto saved = block.variables.find("saved_entry");
    if (saved == block.variables.end() || saved->second.empty())
        return {{block.path, "saved_entry is not set", "the name of an entry"}};
    if (saves_an_entry(boot)) return {};
    return {{block.path, "saved_entry=" + saved->second, "the name of an entry"}};
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& boot = facts.boot;
    if (boot.default_boot.is_absent()) return not_applicable("there is no GRUB menu");
    if (!boot.default_boot) return unknown(boot.default_boot.error());
    if (!boot.uses_bls) return not_applicable("the boot menu is not made of loader entries");
    std::vector<Evidence> wrong;
    if (!boot.default_is_saved)
        wrong.push_back({boot.default_boot->where,
                         "default is \"" + boot.default_boot->setting + '"',
                         "set default=\"${saved_entry}\""});
    if (boot.environment) {
        auto more = judge_environment(boot);
        wrong.insert(wrong.end(), more.begin(), more.end());
    } else if (boot.environment.is_absent()) {
        wrong.push_back({"grubenv", "no such file", "saved_entry in it"});
    } else {
        return unknown(boot.environment.error());
    }
    if (boot.default_grub) {
        const auto setting = boot.default_grub->find("GRUB_DEFAULT");
        if (setting != boot.default_grub->end() && setting->second != "saved")
            wrong.push_back(
                {"/etc/default/grub", "GRUB_DEFAULT=" + setting->second, "GRUB_DEFAULT=saved"});
    }
    if (!wrong.empty())
        return fail("the default kernel cannot be told from the loader entries", std::move(wrong));
    return pass("the saved entry is one of the loader entries");
}

}  // namespace

constinit const Check checks::bls_has_a_saved_entry{
    .id = "linux-bls-saved-entry",
    .title = "The saved entry names a loader entry",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .requirement =
        "With boot loader entries in files, GRUB's default must be the saved entry, and "
        "that must exist.",
    .why = "The import task looks for the default kernel there and ends where it finds none.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at = "grub.cfg, grubenv, /boot/loader/entries and GRUB_DEFAULT in /etc/default/grub.",
    .import_error = "BLSC-style GRUB found, but unable to detect default kernel.",
    .remedy =
        "Set GRUB_DEFAULT=saved in /etc/default/grub, write grub.cfg anew with "
        "grub2-mkconfig, and choose the kernel with grubby --set-default.",
    .evaluate = evaluate,
};

}  // namespace guestprep
