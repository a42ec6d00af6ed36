// SPDX-License-Identifier: Apache-2.0
//
// Requirement: where SELinux is enforcing, files that AWS rewrites get their labels back.
// Why:         files without labels stop services and logins.
// Source:      AlmaLinux cloud-images #23; EC2 user guide, boot failures.
#include "agent/facts/facts.h"
#include "agent/formats/kernel_command_line.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"no-policy", Severity::blocker, "Enforcing, and the policy is not installed: the boot halts"},
};

/// Debian and its kin have the file, and start SELinux only where the command line says so.
bool is_started(const Facts& facts, const std::string& line) {
    if (kernel_argument(line, "selinux") == "0") return false;
    if (!facts.os.distribution || facts.os.distribution->family == "rhel") return true;
    return kernel_argument(line, "selinux") == "1" ||
           kernel_argument(line, "security") == "selinux";
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& selinux = facts.offline_edits.selinux;
    if (selinux.is_absent()) return not_applicable("SELinux is not configured");
    if (!selinux) return unknown(selinux.error());
    if (selinux->mode != "enforcing")
        return pass("SELinux is " + (selinux->mode.empty() ? "not set" : selinux->mode));
    const auto* entry = facts.boot.default_entry();
    if (entry == nullptr) return unknown("the command line of the next boot is not known");
    const auto& line = entry->command_line;
    if (!is_started(facts, line)) return pass("the kernel does not start SELinux");
    if (kernel_argument(line, "enforcing") == "0") return pass("SELinux starts permissive");
    if (!selinux->has_policy)
        return fail("SELinux is enforcing and its policy is missing: the boot halts",
                    {{selinux->line.at, selinux->line.text,
                      "a policy in /etc/selinux/" + selinux->type + "/policy"}})
            .as("no-policy")
            .advising("Install the policy's package (selinux-policy-" + selinux->type +
                      "), or set SELINUX=permissive in /etc/selinux/config.");
    if (selinux->relabels) return pass("/.autorelabel is there: the next boot labels all files");
    return fail("SELinux is enforcing, and nothing labels the files that the import rewrites",
                {{selinux->line.at, selinux->line.text, "/.autorelabel"}});
}

}  // namespace

constinit const Check checks::selinux_labels_survive{
    .id = "linux-selinux-relabel",
    .title = "SELinux labels are set again after the import",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement = "A guest whose SELinux is enforcing labels its files at its first boot.",
    .why =
        "Files that AWS writes from outside have no labels; services and logins that need them "
        "are refused.",
    .source = "https://github.com/AlmaLinux/cloud-images/issues/23",
    .looks_at = "/etc/selinux/config, the policy's file, /.autorelabel, the kernel command line.",
    .import_effect = "Rewrites files without SELinux labels.",
    .remedy =
        "touch /.autorelabel before the last shutdown: the first boot labels all files and "
        "starts again, which takes a while on large disks.",
    .evaluate = evaluate,
};

}  // namespace guestprep
