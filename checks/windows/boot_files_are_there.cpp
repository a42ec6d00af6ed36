// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The files that start Windows lie on the partition that the firmware starts from.
// Why:         Without them the image does not start, and the import calls them missing.
// Source:      VM Import/Export troubleshooting.
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& files = facts.of_windows().boot.boot_files;
    if (!files) return unknown(files.error());
    std::vector<Evidence> missing;
    for (const auto& name : files->missing)
        missing.push_back({files->place, shown(name) + " is missing or empty", "there"});
    if (!missing.empty()) {
        auto summary = "a file that starts Windows is missing: " + files->missing.front();
        return fail(std::move(summary), std::move(missing));
    }
    if (files->present.empty()) return unknown("no file that starts Windows was looked for");
    return pass(join(files->present, ", ") + " are in " + files->place);
}

}  // namespace

constinit const Check checks::boot_files_are_there{
    .id = "win-boot-files",
    .title = "The files that start Windows are there",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .requirement =
        "The files that start Windows lie on the partition that the firmware starts from.",
    .why = "Without them the image does not start, and the import ends with missing files.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at =
        "bootmgr and Boot\\BCD on the active partition; ntldr, NTDETECT.COM and boot.ini on Server "
        "2003; bootmgfw.efi and BCD below EFI\\Microsoft\\Boot on the EFI system partition. In a "
        "directory only what lies on that one volume can be seen.",
    .import_error = "Unknown OS / Missing OS files.",
    .remedy =
        "bcdboot C:\\Windows, or start the repair of the installation medium; on Server 2003 copy "
        "the files from the medium.",
    .evaluate = evaluate,
};

}  // namespace guestprep
