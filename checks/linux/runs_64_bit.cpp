// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the system is x86-64, kernel and userland.
// Why:         AWS imports no 32-bit and no ARM Linux.
// Source:      2018 document, Limitations; present guide, "arch-i386-stop", "arch-arm64".
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {"arch-i386-stop", "arch-arm64"};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& userland = facts.os.userland_machine;
    const auto& kernel = facts.os.kernel_machine;
    std::vector<Evidence> other;
    // A 64-bit kernel over 32-bit programs is still a 32-bit image: AWS looks at the files.
    if (userland && *userland != "x86_64")
        other.push_back({"ELF header of the init program", *userland, "x86_64"});
    if (kernel && *kernel != "x86_64") other.push_back({"uname -m", *kernel, "x86_64"});
    if (!other.empty()) {
        auto found = other.front().found;
        return fail("this system is " + found + ", not x86_64", std::move(other));
    }
    if (!userland) return unknown(userland.error());
    return pass("programs are x86_64");
}

}  // namespace

constinit const Check checks::runs_64_bit{
    .id = "linux-arch-64bit",
    .covers = kCovers,
    .title = "The system is 64-bit x86",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .requirement = "Imported Linux systems must be 64-bit (x86-64) images.",
    .why = "The import task refuses 32-bit and ARM systems.",
    .source =
        "2018 document, Limitations; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at = "The ELF header of /sbin/init (or /bin/sh) and the running kernel's uname -m.",
    .remedy = "Install a 64-bit release of the system and move the workload to it.",
    .evaluate = evaluate,
};

}  // namespace guestprep
