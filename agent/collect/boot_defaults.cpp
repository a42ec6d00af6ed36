// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/boot_parts.h"
#include "agent/core/text.h"
#include "agent/formats/kernel_command_line.h"
#include "agent/formats/shell_assignments.h"

namespace guestprep {
namespace {

void read_default_grub(const FileReader& files, BootFacts& boot) {
    constexpr auto kPath = "/etc/default/grub";
    const auto text = files.read(GuestPath(kPath));
    if (!text) {
        boot.default_grub = std::unexpected(text.error());
        return;
    }
    std::map<std::string, std::string> settings;
    const auto file = ShellAssignments::parse(*text);
    for (const auto& setting : file.all()) {
        if (!setting.name.starts_with("GRUB_")) continue;
        const bool is_command_line = setting.name.starts_with("GRUB_CMDLINE_LINUX");
        const auto value = is_command_line ? redacted_command_line(setting.value) : setting.value;
        settings[setting.name] = value;
        if (is_command_line && !trimmed(value).empty())
            boot.other_command_lines.push_back(
                {at_line(kPath, setting.line) + ": " + setting.name, value});
    }
    boot.default_grub = std::move(settings);
}

void read_kernel_cmdline(const FileReader& files, BootFacts& boot) {
    constexpr auto kPath = "/etc/kernel/cmdline";
    const auto text = files.read(GuestPath(kPath));
    if (text && !trimmed(*text).empty())
        boot.other_command_lines.push_back({kPath, redacted_command_line(trimmed(*text))});
}

/// SLES 11: what the next kernel's entry gets.
void read_sysconfig_bootloader(const FileReader& files, BootFacts& boot) {
    constexpr auto kPath = "/etc/sysconfig/bootloader";
    const auto text = files.read(GuestPath(kPath));
    if (!text) return;
    const auto file = ShellAssignments::parse(*text);
    for (const auto& setting : file.all())
        if (setting.name.ends_with("_APPEND") && !trimmed(setting.value).empty())
            boot.other_command_lines.push_back({at_line(kPath, setting.line) + ": " + setting.name,
                                                redacted_command_line(setting.value)});
}

}  // namespace

void read_default_files(const FileReader& files, BootFacts& boot) {
    read_default_grub(files, boot);
    read_kernel_cmdline(files, boot);
    read_sysconfig_bootloader(files, boot);
}

}  // namespace guestprep
