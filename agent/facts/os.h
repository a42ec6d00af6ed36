// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"

namespace guestprep {

/// Which system this is, by the first file that says so (catalogue R-OS-LINUX).
struct Distribution {
    std::string id;       ///< "rhel", "centos", "ol", "sles", "debian", "ubuntu", "fedora", ...
    std::string version;  ///< with the point release where the system tells it: "7.9", "12.5"
    std::string title;    ///< as the system calls itself
    std::string source;   ///< the file that said it: "/etc/redhat-release"
    std::string family;   ///< "rhel", "debian", "suse", or the ID where there is no family
    std::string variant;  ///< os-release VARIANT_ID: "server"

    static void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("version", self.version);
        visit("title", self.title);
        visit("source", self.source);
        visit("family", self.family);
        visit("variant", self.variant);
    }
};

enum class Firmware : std::uint8_t { bios, uefi };
constexpr std::array<std::string_view, 2> enum_names(Firmware) { return {"bios", "uefi"}; }

enum class InitSystem : std::uint8_t { systemd, upstart, sysv, openrc, unknown };
constexpr std::array<std::string_view, 5> enum_names(InitSystem) {
    return {"systemd", "upstart", "sysv", "openrc", "unknown"};
}

/// "vmware", "hyperv", "kvm", "xen", "virtualbox", "none"
struct Hypervisor {
    std::string name;
    std::string evidence;  ///< "CPUID VMwareVMware", "/sys/class/dmi/id/sys_vendor: VMware, Inc."

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("evidence", self.evidence);
    }
};

struct OsFacts {
    Fact<Distribution> distribution;
    Fact<std::string> hostname;
    Fact<std::string> kernel_machine;    ///< uname -m of the running kernel
    Fact<std::string> userland_machine;  ///< "x86_64", "i386", "aarch64": ELF header of init or sh
    Fact<std::string> running_kernel;    ///< uname -r
    Fact<std::string> running_command_line;  ///< /proc/cmdline
    Fact<Hypervisor> hypervisor;
    Fact<Firmware> firmware;
    InitSystem init = InitSystem::unknown;

    static void fields(auto& self, auto&& visit) {
        visit("distribution", self.distribution);
        visit("hostname", self.hostname);
        visit("kernel_machine", self.kernel_machine);
        visit("userland_machine", self.userland_machine);
        visit("running_kernel", self.running_kernel);
        visit("running_command_line", self.running_command_line);
        visit("hypervisor", self.hypervisor);
        visit("firmware", self.firmware);
        visit("init", self.init);
    }
};

}  // namespace guestprep
