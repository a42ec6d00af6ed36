// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Every disk that Windows needs must be imported with it.
// Why:         The directory database of a domain controller on D: is the documented case: the
//              system does not start without it.
// Source:      https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-
//              troubleshooting.html
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"services", Severity::warning, "Only services or single profiles are on another drive"},
};

class Elsewhere {
public:
    explicit Elsewhere(const WindowsFacts& windows) : system_(system_drive(windows.system)) {}
    void look(std::string where, const std::string& path, std::vector<Evidence>& found) const {
        const auto drive = drive_of(path, system_);
        if (!drive.empty() && drive != system_)
            found.push_back({std::move(where), shown(path), "on " + system_});
    }

private:
    std::string system_;
};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    if (!windows.system.system_root && !windows.system.system_root.is_absent())
        return unknown(windows.system.system_root.error());
    const Elsewhere elsewhere(windows);
    std::vector<Evidence> grave, light;
    const auto look = [&](const Fact<std::string>& path, std::string_view key,
                          std::string_view name) {
        if (path) elsewhere.look(value_at(key, name), *path, grave);
    };
    look(windows.access.directory_database, keys::kDirectory, "DSA Database file");
    look(windows.access.directory_logs, keys::kDirectory, "Database log files path");
    look(windows.access.directory_sysvol, keys::kNetlogon, "SysVol");
    look(windows.boot.profiles_directory, keys::kProfileList, "ProfilesDirectory");
    if (windows.boot.profile_folders)
        for (const auto& folder : *windows.boot.profile_folders)
            elsewhere.look(std::string(keys::kProfileList), folder, light);
    if (windows.system.services)
        for (const auto& service : *windows.system.services)
            if (starts_by_itself(service) || service.start_is_unread)
                for (const auto* path : {&service.image_path, &service.service_dll})
                    elsewhere.look(below(keys::kServices, service.name), *path, light);
    if (!grave.empty()) {
        auto summary = "Windows needs another drive: " + grave.front().found;
        return fail(std::move(summary), std::move(grave));
    }
    if (!light.empty()) {
        auto summary = "other drives are in use: " + light.front().found;
        return fail(std::move(summary), std::move(light)).as("services");
    }
    for (const auto* path : {&windows.access.directory_database, &windows.access.directory_logs,
                             &windows.access.directory_sysvol, &windows.boot.profiles_directory})
        if (!*path && !path->is_absent()) return unknown(path->error());
    if (!windows.system.services) return unknown(windows.system.services.error());
    if (!windows.boot.profile_folders) return unknown(windows.boot.profile_folders.error());
    return pass("services and profiles are on the system drive");
}

}  // namespace

constinit const Check checks::needs_no_other_volume{
    .id = "win-needed-volume-missing",
    .title = "What Windows needs is on the system drive",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "Every disk that Windows needs must be imported with it.",
    .why =
        "The directory database of a domain controller on D: is the documented case: the system "
        "does not start without it.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at = "Paths of NTDS, SYSVOL, profiles, and of services that start by themselves.",
    .remedy =
        "Export the disks with the named drives together with the boot disk, or move the data to "
        "the system drive.",
    .evaluate = evaluate,
};

}  // namespace guestprep
