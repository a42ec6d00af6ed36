// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/collect/boot_parts.h"
#include "agent/collect/rpm_files.h"
#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr auto kDpkgInfo = "/var/lib/dpkg/info";
constexpr auto kDpkgStatus = "/var/lib/dpkg/status";

/// The value of a field of one package in dpkg's status file.
std::string status_field(std::string_view status, const std::string& package,
                         std::string_view field) {
    const auto head = "Package: " + package + "\n";
    auto at = status.starts_with(head) ? 0 : status.find("\n" + head);
    if (at == std::string_view::npos) return {};
    const auto stanza = status.substr(at, status.find("\n\n", at + 1) - at);
    const auto mark = "\n" + std::string(field) + ": ";
    at = stanza.find(mark);
    if (at == std::string_view::npos) return {};
    const auto value = stanza.substr(at + mark.size());
    return std::string(value.substr(0, value.find('\n')));
}

bool lists_file(const FileReader& files, const std::string& list, const std::string& path) {
    const auto text = files.read(GuestPath(kDpkgInfo) / list);
    return text && contains("\n" + *text, "\n" + path + "\n");
}

Fact<KernelPackage> dpkg_package(const FileReader& files, const std::string& path,
                                 const std::string& version) {
    const auto names = files.list(GuestPath(kDpkgInfo));
    if (!names) return std::unexpected(names.error());
    const auto owner = std::ranges::find_if(*names, [&](const std::string& name) {
        return name.starts_with("linux-") && name.ends_with(".list") && contains(name, version) &&
               lists_file(files, name, path);
    });
    if (owner == names->end())
        return failure(Errc::not_found, "no package owns " + path + " (" + kDpkgInfo + ")");
    // "linux-image-6.1.0-28-amd64.list"; with ":amd64" where several architectures are installed.
    const auto package = owner->substr(0, std::min(owner->find(':'), owner->size() - 5));
    const auto status = files.read(GuestPath(kDpkgStatus), std::size_t{64} << 20);
    if (!status) return std::unexpected(status.error());
    return KernelPackage{package, status_field(*status, package, "Maintainer")};
}

Fact<KernelPackage> rpm_package(const Host& host, const std::string& path) {
    const auto output =
        host.commands.run({.argv = {"rpm", "-qf", "--qf", "%{NAME}\\t%{VENDOR}\\n", path}});
    if (!output && output.error().code == Errc::not_found)
        return failure(Errc::unsupported, output.error().message);
    if (!output) return std::unexpected(output.error());
    if (contains(output->out + output->err, "not owned by any package"))
        return failure(Errc::not_found, "no package owns " + path + " (rpm -qf)");
    const auto lines = lines_of(output->out);
    const auto parts = lines.empty() ? std::vector<std::string_view>() : split(lines[0], '\t');
    if (output->exit_code != 0 || parts.size() != 2)
        return failure(Errc::command_failed, "rpm -qf " + path + ": " + shown(output->err));
    return KernelPackage{std::string(parts[0]), std::string(parts[1])};
}

Fact<KernelPackage> rpm_package_by_version(const FileReader& files, const std::string& path,
                                           const std::string& version) {
    const auto packages = packages_in_rpm_files(files);
    // Whose the kernel is cannot be told without a list of packages.
    if (!packages && packages.error().code == Errc::not_found)
        return failure(Errc::unsupported, "neither dpkg's nor rpm's database was found");
    if (!packages) return std::unexpected(packages.error());
    const auto* package = rpm_of_kernel(*packages, version);
    if (package == nullptr)
        return failure(Errc::not_found,
                       "no package of rpm's database is kernel " + version + " (" + path + ")");
    return KernelPackage{package->name, package->vendor};
}

}  // namespace

Fact<KernelPackage> find_kernel_package(const Host& host, const std::string& path,
                                        const std::string& version) {
    if (host.files.exists(GuestPath(kDpkgStatus)) && host.files.exists(GuestPath(kDpkgInfo)))
        return dpkg_package(host.files, path, version);
    if (!host.running) return rpm_package_by_version(host.files, path, version);
    return rpm_package(host, path);
}

}  // namespace guestprep
