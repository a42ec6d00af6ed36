// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "agent/collect/collect.h"
#include "agent/collect/os_parts.h"
#include "agent/core/text.h"
#include "agent/formats/kernel_command_line.h"
#include "agent/formats/machine_identity.h"
#include "agent/formats/shell_assignments.h"

namespace guestprep {
namespace {

constexpr auto kOnlyFiles = "only files were looked at, not a running system";

Result<std::string> machine_of_program(const FileReader& files, const GuestPath& path) {
    auto program = files.open(path);
    if (!program) return std::unexpected(program.error());
    std::array<std::byte, 64> head{};
    const auto n = (*program)->read(head);
    if (!n) return std::unexpected(n.error());
    auto machine = elf_machine({reinterpret_cast<const char*>(head.data()), *n});
    if (machine.empty()) return failure(Errc::bad_syntax, path.str() + ": no program");
    return machine;
}

/// What AWS's import would take this system for: its first program, whatever kernel is under it.
Fact<std::string> userland_machine(const FileReader& files) {
    Error first{Errc::not_found, "neither /sbin/init nor /bin/sh is there"};
    for (const auto* path : {"/sbin/init", "/usr/lib/systemd/systemd", "/lib/systemd/systemd",
                             "/bin/sh", "/bin/bash", "/usr/bin/ls"}) {
        auto machine = machine_of_program(files, GuestPath(path));
        if (machine) return machine;
        // A script may be in the place of init; a file that we may not read is another matter.
        if (machine.error().code == Errc::access_denied) first = machine.error();
    }
    return std::unexpected(first);
}

Fact<std::string> hostname_of(const Host& host) {
    if (host.running && !host.machine.hostname.empty()) return host.machine.hostname;
    for (const auto* path : {"/etc/hostname", "/etc/HOSTNAME"}) {
        const auto text = host.files.read(GuestPath(path), 65536);
        if (!text) continue;
        for (const auto line : lines_of(*text))
            if (const auto name = trimmed(line); !name.empty() && !name.starts_with('#'))
                return shown(name);
    }
    if (const auto text = host.files.read(GuestPath("/etc/sysconfig/network"), 65536))
        if (const auto name = ShellAssignments::parse(*text).value("HOSTNAME"); name)
            return shown(*name);
    return failure(Errc::not_found, "no file says what this system is called");
}

Fact<Firmware> firmware_of(const Host& host) {
    if (!host.running) return failure(Errc::not_collected, kOnlyFiles);
    if (host.files.is_directory(GuestPath("/sys/firmware/efi"))) return Firmware::uefi;
    if (host.files.is_directory(GuestPath("/sys/class"))) return Firmware::bios;
    return failure(Errc::unsupported, "/sys is not mounted");
}

Fact<std::string> known(bool running, const std::string& text) {
    if (running && !text.empty()) return text;
    return failure(Errc::not_collected, kOnlyFiles);
}

}  // namespace

InitSystem find_init_system(const FileReader& files) {
    const auto has = [&](const char* path) { return files.exists(GuestPath(path)); };
    const auto init = files.resolve(GuestPath("/sbin/init"));
    const auto program = init ? init->name() : std::string_view();
    if (program == "systemd") return InitSystem::systemd;
    if (program == "openrc-init" || has("/sbin/openrc")) return InitSystem::openrc;
    if (program == "upstart" || has("/sbin/initctl") || has("/usr/sbin/initctl"))
        return InitSystem::upstart;
    if (has("/etc/inittab")) return InitSystem::sysv;
    // A system may be started by systemd without a link to it, with init= on the command line.
    if (has("/usr/lib/systemd/systemd") || has("/lib/systemd/systemd")) return InitSystem::systemd;
    return InitSystem::unknown;
}

void collect_os(const Host& host, Facts& facts) {
    auto& os = facts.os;
    os.distribution = find_distribution(host.files);
    os.hostname = hostname_of(host);
    os.kernel_machine = known(host.running, host.machine.architecture);
    os.running_kernel = known(host.running, host.machine.kernel_release);
    os.userland_machine = userland_machine(host.files);
    os.hypervisor = find_hypervisor(host);
    os.firmware = firmware_of(host);
    os.init = find_init_system(host.files);
    os.running_command_line = failure(Errc::not_collected, kOnlyFiles);
    if (!host.running) return;
    const auto line = host.files.read(GuestPath("/proc/cmdline"), 65536);
    if (line)
        os.running_command_line = redacted_command_line(trimmed(*line));
    else
        os.running_command_line = std::unexpected(line.error());
}

}  // namespace guestprep
