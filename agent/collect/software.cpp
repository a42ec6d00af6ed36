// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "agent/collect/access_parts.h"
#include "agent/collect/collect.h"
#include "agent/collect/rpm_files.h"
#include "agent/collect/services.h"
#include "agent/collect/software_parts.h"
#include "agent/core/text.h"
#include "agent/formats/package_names.h"

namespace guestprep {
namespace {

constexpr std::size_t kMostStatus = 256 << 20;  // bytes of dpkg's status file that are read

Fact<std::vector<std::string>> dpkg_packages(const FileReader& files, const GuestPath& path) {
    const auto source = files.open(path);
    if (!source) return std::unexpected(source.error());
    DpkgStatusReader reader;
    std::array<std::byte, 65536> buffer{};
    for (std::size_t seen = 0; seen < kMostStatus;) {
        const auto n = (*source)->read(buffer);
        if (!n) return std::unexpected(n.error());
        if (*n == 0) break;
        seen += *n;
        reader.feed({reinterpret_cast<const char*>(buffer.data()), *n});
    }
    std::vector<std::string> names;
    for (auto& package : reader.finish())
        if (package.is_installed()) names.push_back(std::move(package.name));
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    return names;
}

Fact<std::vector<std::string>> rpm_packages(const Host& host) {
    if (!host.running) {
        const auto packages = packages_in_rpm_files(host.files);
        if (!packages) return std::unexpected(packages.error());
        std::vector<std::string> names;
        for (const auto& package : *packages) names.push_back(package.name);
        std::ranges::sort(names);
        names.erase(std::ranges::unique(names).begin(), names.end());
        return names;
    }
    Command command{{"rpm", "-qa", "--qf", "%{NAME}\n"}};
    command.timeout = std::chrono::seconds(20);
    const auto output = host.commands.run(command);
    if (!output) return std::unexpected(output.error());
    auto names = rpm_names(output->out);
    if (output->exit_code != 0 || names.empty() || has_rpm_error(output->out + output->err))
        return failure(Errc::command_failed, "rpm -qa: " + shown(output->err));
    return names;
}

Fact<std::vector<std::string>> installed_packages(const Host& host) {
    const GuestPath status("/var/lib/dpkg/status");
    for (const std::string_view path : {"/var/lib/rpm", "/usr/lib/sysimage/rpm"})
        // Debian can have rpm as a tool, with a database of its own that says nothing.
        if (host.files.is_directory(GuestPath(path)) && !host.files.exists(status))
            return rpm_packages(host);
    return dpkg_packages(host.files, status);
}

std::string first_existing(const FileReader& files, std::initializer_list<std::string_view> paths) {
    for (const auto path : paths)
        if (files.exists(GuestPath(path))) return std::string(path);
    return {};
}

VmwareTools vmware_tools(const Host& host, const Fact<std::vector<std::string>>& packages) {
    VmwareTools out;
    out.tarball = first_existing(
        host.files, {"/usr/bin/vmware-uninstall-tools.pl", "/etc/vmware-tools/installer.sh",
                     "/etc/vmware-tools/locations"});
    out.program =
        first_existing(host.files, {"/usr/bin/vmtoolsd", "/usr/sbin/vmtoolsd",
                                    "/usr/local/bin/vmtoolsd", "/usr/sbin/vmware-guestd"});
    if (packages)
        for (const auto& name : *packages)
            if (name.starts_with("open-vm-tools") || name.starts_with("vmware-tools-") ||
                name == "VMwareTools" || name == "open-vmware-tools")
                out.packages.push_back(name);
    // Drivers in the kernel's own tree (vmw_pvscsi, vmxnet3) belong to the kernel, not to the
    // tools.
    for (const auto& module : glob(host.files, "/lib/modules/*/misc/*.ko"))
        for (const std::string_view name : {"vmxnet.ko", "vmxnet3.ko", "vmhgfs.ko", "vmci.ko",
                                            "vsock.ko", "vmblock.ko", "vmmemctl.ko", "pvscsi.ko"})
            if (module.name() == name) out.modules.push_back(module.str());
    return out;
}

}  // namespace

void collect_software(const Host& host, const BootServices& services, Facts& facts) {
    auto& software = facts.software;
    software.packages = installed_packages(host);
    software.protection = find_protection(host, services);
    software.vmware_tools = vmware_tools(host, software.packages);
    software.guest_tools = find_guest_tools(host, services);
    software.origin = find_origin(host, software.packages);
}

}  // namespace guestprep
