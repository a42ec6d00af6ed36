// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <optional>

#include "agent/collect/boot_parts.h"
#include "agent/core/text.h"
#include "agent/formats/shell_assignments.h"

namespace guestprep {
namespace {

void add_drivers(std::string_view words, InitramfsSettings& out) {
    for (const auto word : words_of(words)) {
        const auto name = module_name(std::string(word) + ".ko");
        if (is_known_driver(name) && std::ranges::find(out.added, name) == out.added.end())
            out.added.push_back(name);
    }
}

/// dracut's settings are shell, with "+=" for lists, which no plain assignment is.
void read_dracut(std::string_view text, const std::string& path, InitramfsSettings& out) {
    std::size_t number = 0;
    for (const auto raw : lines_of(text)) {
        ++number;
        const auto line = trimmed(raw);
        const auto equals = line.find('=');
        if (line.starts_with('#') || equals == std::string_view::npos) continue;
        auto name = line.substr(0, equals);
        if (name.ends_with('+')) name.remove_suffix(1);
        const auto file = ShellAssignments::parse("v=" + std::string(line.substr(equals + 1)));
        const auto value = file.value_or_empty("v");
        if (name == "hostonly") {
            out.host_only = value != "no" && !value.empty();
            out.where = at_line(path, number);
        } else if (name == "add_drivers" || name == "force_drivers" || name == "drivers") {
            add_drivers(value, out);
        }
    }
}

/// /etc/dracut.conf first, then the fragments of both folders by name; of two with one name the
/// one in /etc counts.
InitramfsSettings dracut(const FileReader& files) {
    InitramfsSettings out;
    out.tool = "dracut";
    std::map<std::string, GuestPath> fragments;
    for (const auto* folder : {"/usr/lib/dracut/dracut.conf.d", "/etc/dracut.conf.d"}) {
        const auto names = files.list(GuestPath(folder));
        if (!names) continue;
        for (const auto& name : *names)
            if (name.ends_with(".conf")) fragments[name] = GuestPath(folder) / name;
    }
    const auto read = [&](const GuestPath& path) {
        if (const auto text = files.read(path)) read_dracut(*text, path.str(), out);
    };
    read(GuestPath("/etc/dracut.conf"));
    for (const auto& [name, path] : fragments) read(path);
    return out;
}

InitramfsSettings initramfs_tools(const FileReader& files) {
    InitramfsSettings out;
    out.tool = "initramfs-tools";
    const auto read = [&](const GuestPath& path) {
        const auto text = files.read(path);
        if (!text) return;
        const auto file = ShellAssignments::parse(*text);
        if (const auto* const modules = file.find("MODULES")) {
            out.host_only = modules->value == "dep";
            out.where = at_line(path.str(), modules->line);
        }
    };
    const GuestPath folder("/etc/initramfs-tools");
    read(folder / "initramfs.conf");
    if (const auto names = files.list(folder / "conf.d"))
        for (const auto& name : *names) read(folder / "conf.d" / name);
    if (const auto text = files.read(folder / "modules"))
        for (const auto line : lines_of(*text))
            if (!trimmed(line).starts_with('#')) add_drivers(line, out);
    return out;
}

/// SLES up to 11 and RHEL 5 put the drivers of this machine into the image, and those listed.
InitramfsSettings mkinitrd(const FileReader& files) {
    InitramfsSettings out;
    out.tool = "mkinitrd";
    out.host_only = true;
    const GuestPath path("/etc/sysconfig/kernel");
    const auto text = files.read(path);
    if (!text) return out;
    const auto file = ShellAssignments::parse(*text);
    if (const auto* const modules = file.find("INITRD_MODULES")) {
        add_drivers(modules->value, out);
        out.where = at_line(path.str(), modules->line);
    }
    return out;
}

}  // namespace

Fact<InitramfsSettings> find_initramfs_settings(const FileReader& files) {
    const auto has = [&](const char* path) { return files.exists(GuestPath(path)); };
    if (has("/etc/initramfs-tools/initramfs.conf")) return initramfs_tools(files);
    if (has("/etc/dracut.conf") || has("/usr/bin/dracut") || has("/sbin/dracut"))
        return dracut(files);
    if (has("/sbin/mkinitrd")) return mkinitrd(files);
    return failure(Errc::not_found, "no tool that builds an initramfs is installed");
}

}  // namespace guestprep
