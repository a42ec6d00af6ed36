// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/collect/access_parts.h"
#include "agent/collect/collect.h"
#include "agent/collect/network_parts.h"
#include "agent/core/text.h"
#include "agent/formats/shell_assignments.h"

namespace guestprep {
namespace {

Fact<SelinuxState> read_selinux(const FileReader& files) {
    const GuestPath path("/etc/selinux/config");
    auto text = files.read(path);
    if (!text) return std::unexpected(text.error());
    const auto config = ShellAssignments::parse(std::move(*text));
    SelinuxState state;
    state.type = config.value_or_empty("SELINUXTYPE");
    if (state.type.empty()) state.type = "targeted";
    if (const auto* mode = config.find("SELINUX"); mode != nullptr) {
        state.mode = lowercase(trimmed(mode->value));
        state.line = config_line(path.str(), mode->line, "SELINUX=" + mode->value);
    }
    const auto folder = GuestPath("/etc/selinux") / state.type / "policy";
    const auto names = files.list(folder);
    if (!names && names.error().code != Errc::not_found) return std::unexpected(names.error());
    state.has_policy = names && std::ranges::any_of(*names, [](const std::string& name) {
                           return name.starts_with("policy.");
                       });
    state.relabels = files.exists(GuestPath("/.autorelabel"));
    return state;
}

/// A shell setting that is on: "yes", "true", "1".
void note_setting(const FileReader& files, const char* path, std::string_view name,
                  std::vector<ConfigLine>& out) {
    auto text = files.read(GuestPath(path));
    if (!text) return;
    const auto file = ShellAssignments::parse(std::move(*text));
    const auto* setting = file.find(name);
    if (setting == nullptr || setting->value.empty()) return;
    const auto value = lowercase(setting->value);
    if (value == "no" || value == "false" || value == "0" || value.starts_with("disabled")) return;
    out.push_back(config_line(path, setting->line, std::string(name) + '=' + setting->value));
}

std::vector<ConfigLine> read_only_signs(const FileReader& files) {
    std::vector<ConfigLine> out;
    note_setting(files, "/etc/overlayroot.conf", "overlayroot", out);
    note_setting(files, "/etc/overlayroot.local.conf", "overlayroot", out);
    note_setting(files, "/etc/sysconfig/readonly-root", "READONLY", out);
    note_setting(files, "/etc/sysconfig/readonly-root", "TEMPORARY_STATE", out);
    if (files.exists(GuestPath("/run/ostree-booted")))
        out.push_back({"/run/ostree-booted", "the system was booted by ostree"});
    else if (files.is_directory(GuestPath("/ostree/repo")) ||
             files.is_directory(GuestPath("/sysroot/ostree/repo")))
        out.push_back({"/ostree", "the system is a deployment of ostree"});
    return out;
}

constexpr std::string_view kEdited[] = {
    "/etc/fstab",
    "/etc/resolv.conf",
    "/etc/hosts",
    "/etc/hostname",
    "/etc/passwd",
    "/etc/shadow",
    "/etc/group",
    "/etc/sudoers",
    "/etc/default/grub",
    "/etc/sysconfig/network",
    "/etc/network/interfaces",
    "/boot/grub/grub.cfg",
    "/boot/grub/grub.conf",
    "/boot/grub/menu.lst",
    "/boot/grub2/grub.cfg",
    "/boot/grub2/grubenv",
    "/etc/sysconfig/network-scripts/ifcfg-*",
    "/etc/sysconfig/network/ifcfg-*",
    "/etc/netplan/*.yaml",
    "/etc/NetworkManager/system-connections/*",
    "/etc/ssh/sshd_config",
    "/boot/initrd*",
    "/boot/initramfs*",
};

Fact<std::vector<ConfigLine>> find_immutable(const FileReader& files) {
    std::vector<ConfigLine> out;
    bool looked = false;
    Error trouble{Errc::not_found, "none of the files that an import edits is there"};
    for (const auto pattern : kEdited)
        for (const auto& path : glob(files, pattern)) {
            const auto flags = files.flags(path);
            if (!flags) {
                if (flags.error().code != Errc::not_found) trouble = flags.error();
                continue;
            }
            looked = true;
            if (flags->immutable)
                out.push_back({path.str(), "immutable (chattr +i)"});
            else if (flags->append_only)
                out.push_back({path.str(), "append-only (chattr +a)"});
        }
    // One that could not be asked may be the one.
    const bool open = trouble.code != Errc::not_found && trouble.code != Errc::unsupported;
    if (!out.empty() || (looked && !open)) return out;
    return std::unexpected(trouble);
}

}  // namespace

void collect_offline_edits(const Host& host, Facts& facts) {
    facts.offline_edits.selinux = read_selinux(host.files);
    facts.offline_edits.read_only_root = read_only_signs(host.files);
    facts.offline_edits.immutable_files = find_immutable(host.files);
}

}  // namespace guestprep
