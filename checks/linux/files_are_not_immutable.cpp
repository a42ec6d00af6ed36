// SPDX-License-Identifier: Apache-2.0
//
// Requirement: no file that the import edits is immutable.
// Why:         the edit fails, and the import with it.
// Source:      virt-v2v's documentation; agnosticd PR 1701.
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& files = facts.offline_edits.immutable_files;
    if (!files && files.error().code == Errc::unsupported)
        return not_applicable("these file systems have no such flags");
    if (!files) return unknown(files.error());
    std::vector<Evidence> set;
    for (const auto& file : *files) set.push_back({file.at, file.text, "no such flag"});
    if (set.empty()) return pass("no file that the import edits is immutable");
    auto summary = set.front().where + " is " + set.front().found;
    auto command = std::vector<std::string>{"chattr", "-i", "-a"};
    for (const auto& file : *files) command.push_back(file.at);
    return fail(std::move(summary), std::move(set))
        .advising("Take the flags away until the import is done:", {std::move(command)});
}

}  // namespace

constinit const Check checks::files_are_not_immutable{
    .id = "linux-immutable-files",
    .title = "Files that the import edits are not immutable",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .requirement = "Configuration files carry neither chattr +i nor +a.",
    .why = "AWS cannot rewrite them, nor can the guest's own tools.",
    .source = "https://libguestfs.org/virt-v2v.1.html",
    .looks_at =
        "The flags of fstab, resolv.conf, network and boot loader configurations, accounts.",
    .remedy = "Take the flags away (chattr -i -a) until the import is done.",
    .evaluate = evaluate,
};

}  // namespace guestprep
