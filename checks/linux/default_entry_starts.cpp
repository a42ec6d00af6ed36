// SPDX-License-Identifier: Apache-2.0
//
// Requirement: GRUB's default entry starts a kernel that exists, by itself and soon.
// Why:         nobody can choose at a menu in EC2; AWS edits the default and the timeout.
// Source:      2018 document, Programmatic Modifications to VMs; catalogue linux-grub-default.
#include <algorithm>
#include <charconv>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr int kLongSeconds = 60;

constexpr Variant kVariants[] = {
    {"missing-file", Severity::warning, "the default entry's kernel is not there"},
    {"not-linux", Severity::warning, "the default entry starts no Linux of this system"},
    {"password", Severity::warning, "the default entry asks for a password"},
    {"no-such-entry", Severity::warning, "the default setting names no entry"},
    {"waits", Severity::warning, "the menu waits for a key"},
    {"long-timeout", Severity::warning, "the menu waits for more than a minute"}};

Finding judge_entry(const DefaultBoot& choice, const BootEntry& entry) {
    const auto& kernel = entry.kernel;
    const auto chosen = '"' + entry.title + "\" (" + choice.why + ")";
    if (kernel.written.empty())
        return fail("the default entry " + chosen + " starts no Linux of this system",
                    {{entry.where, entry.title, "an entry with a kernel"}})
            .as("not-linux");
    if (kernel.size.is_absent())
        return fail("the default entry's kernel is not there",
                    {{entry.where, kernel.written, "a file in /boot"}})
            .as("missing-file");
    if (!kernel.size) return unknown(kernel.size.error());
    if (entry.needs_password)
        return fail("the default entry asks for a password before it starts",
                    {{entry.where, entry.title, "--unrestricted"}})
            .as("password");
    return pass("boots " + chosen);
}

/// How long the menu stays; pass where that is fine or not known.
Finding judge_timeout(const BootFacts& boot) {
    if (!boot.timeout) return pass({});
    int seconds = 0;
    const auto& text = *boot.timeout;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    const auto where = boot.default_boot->where;
    if (seconds < 0)
        return fail("the boot menu waits for a key", {{where, "timeout " + text, "5 or less"}})
            .as("waits");
    if (seconds > kLongSeconds)
        return fail("the boot menu waits " + text + " seconds",
                    {{where, "timeout " + text, "5 or less"}})
            .as("long-timeout");
    return pass({});
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& boot = facts.boot;
    const auto used = std::ranges::find(boot.configs, true, &LoaderConfig::is_used);
    if (used == boot.configs.end())
        return boot.unread_folders.empty()
                   ? not_applicable("there is no GRUB configuration")
                   : unknown(boot.unread_folders.front() + " cannot be looked into");
    const auto& choice = boot.default_boot;
    const auto* const entry = boot.default_entry();
    if (choice.is_absent())
        return fail("no entry starts by default", {{used->path, choice.why(), "an entry"}})
            .as("no-such-entry");
    if (!choice) return unknown(choice.error());
    if (entry == nullptr) return unknown("the default entry is not among those that were read");
    if (auto finding = judge_entry(*choice, *entry); finding.status != Status::pass) return finding;
    if (auto finding = judge_timeout(boot); finding.status != Status::pass) return finding;
    if (choice->fell_back && !choice->setting.empty())
        return fail("the default setting names no entry, so the first one starts",
                    {{choice->where, "default \"" + shown(choice->setting) + '"', "an entry"}})
            .as("no-such-entry");
    if (boot.default_is_saved && choice->setting.empty() && !boot.uses_bls)
        return fail("the default is the saved entry, and none is saved",
                    {{choice->where, "saved_entry is not set", entry->title}})
            .as("no-such-entry");
    return pass("boots \"" + entry->title + "\" (" + choice->why + ")");
}

}  // namespace

constinit const Check checks::default_entry_starts{
    .id = "linux-grub-default",
    .title = "GRUB's default entry starts by itself",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement = "AWS edits GRUB's default entry and timeout; both should be right before.",
    .why =
        "In EC2 nobody sits at the menu: an entry that is missing, locked or waits for a key "
        "never boots.",
    .source =
        "2018 document, Programmatic Modifications to VMs; https://docs.aws.amazon.com/"
        "vm-import/latest/userguide/import-modify-vm.html",
    .looks_at =
        "grub.cfg with its environment block and loader entries, or menu.lst; the kernel "
        "files that they name.",
    .import_effect = "AWS sets the default entry and the timeout.",
    .remedy =
        "Set the default to an entry that exists and the timeout to 5 seconds or less, and "
        "write GRUB's configuration anew.",
    .evaluate = evaluate,
};

}  // namespace guestprep
