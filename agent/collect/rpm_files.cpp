// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/rpm_files.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr std::size_t kMostBytes = std::size_t{384} << 20;

/// "kernel-core", "kernel-default", "kernel-uek": those that bring the kernel's own file.
bool brings_kernel(const std::string& name) {
    if (!name.starts_with("kernel")) return false;
    for (const std::string_view part : {"devel", "headers", "modules", "tools", "doc", "debug",
                                        "firmware", "source", "macros", "syms", "srpm"})
        if (contains(name, part)) return false;
    return true;
}

/// SUSE counts rebuilds in the package only, and puts the flavour behind the kernel's version.
bool fits(const RpmPackage& package, const std::string& kernel) {
    const auto version = package.version + '-' + package.release;
    if (kernel.starts_with(version)) return true;
    const auto dash = kernel.rfind('-');
    return dash != std::string::npos && dash > kernel.find('-') &&
           version.starts_with(kernel.substr(0, dash) + '.') &&
           package.name == "kernel" + kernel.substr(dash);
}

}  // namespace

Result<std::vector<RpmPackage>> packages_in_rpm_files(const FileReader& files) {
    for (const auto* folder : {"/usr/lib/sysimage/rpm", "/var/lib/rpm"})
        for (const auto* name : {"rpmdb.sqlite", "Packages.db", "Packages"}) {
            const auto path = GuestPath(folder) / name;
            const auto bytes = files.read(path, kMostBytes);
            if (!bytes && bytes.error().code == Errc::not_found) continue;
            if (!bytes) return std::unexpected(bytes.error());
            // SQLite keeps the last changes beside the file until somebody tidies up.
            const auto log = files.info(GuestPath(path.str() + "-wal"));
            if (log && log->size > 0)
                return failure(Errc::unsupported,
                               path.str() + "-wal holds changes that are not in the database yet");
            auto packages = read_rpm_database(*bytes);
            if (!packages) return std::unexpected(Error(packages.error()).within(path.str()));
            return packages;
        }
    return failure(Errc::not_found, "no database of rpm was found");
}

const RpmPackage* rpm_of_kernel(const std::vector<RpmPackage>& packages,
                                const std::string& kernel_version) {
    const auto found = std::ranges::find_if(packages, [&](const RpmPackage& package) {
        return brings_kernel(package.name) && fits(package, kernel_version);
    });
    return found == packages.end() ? nullptr : &*found;
}

}  // namespace guestprep
