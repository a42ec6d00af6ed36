// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/collect/boot_parts.h"
#include "agent/core/text.h"
#include "agent/formats/kernel_command_line.h"
#include "agent/formats/shell_assignments.h"

namespace guestprep {
namespace {

void add_settings(const GuestPath& path, const std::string& text, BootFacts& boot,
                  std::map<std::string, std::string>& settings) {
    const auto file = ShellAssignments::parse(text);
    for (const auto& setting : file.all()) {
        if (!setting.name.starts_with("GRUB_")) continue;
        const bool is_command_line = setting.name.starts_with("GRUB_CMDLINE_LINUX");
        const auto value = is_command_line ? redacted_command_line(setting.value) : setting.value;
        settings[setting.name] = value;
        if (is_command_line && !trimmed(value).empty())
            boot.other_command_lines.push_back(
                {at_line(path.str(), setting.line) + ": " + setting.name, value});
    }
}

/// /etc/default/grub and, where the generator is Debian's, what it reads after that.
std::vector<GuestPath> default_grub_files(const FileReader& files, const Facts& facts) {
    std::vector<GuestPath> out{GuestPath("/etc/default/grub")};
    if (!facts.os.distribution || facts.os.distribution->family != "debian") return out;
    const GuestPath folder("/etc/default/grub.d");
    auto names = files.list(folder);
    if (!names) return out;
    std::ranges::sort(*names);
    for (const auto& name : *names)
        if (name.ends_with(".cfg") && !name.starts_with('.')) out.push_back(folder / name);
    return out;
}

void read_default_grub(const FileReader& files, const Facts& facts, BootFacts& boot) {
    std::map<std::string, std::string> settings;
    const auto paths = default_grub_files(files, facts);
    for (const auto& path : paths) {
        const auto text = files.read(path);
        if (text) {
            add_settings(path, *text, boot, settings);
        } else if (path == paths.front() || text.error().code != Errc::not_found) {
            // Absent: the file itself. Hidden: what it might set is not known.
            boot.default_grub = std::unexpected(text.error());
            return;
        }
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

void read_default_files(const FileReader& files, const Facts& facts, BootFacts& boot) {
    read_default_grub(files, facts, boot);
    read_kernel_cmdline(files, boot);
    read_sysconfig_bootloader(files, boot);
}

}  // namespace guestprep
