// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/collect/access_parts.h"
#include "agent/collect/collect.h"
#include "agent/collect/first_boot_parts.h"
#include "agent/collect/network_parts.h"
#include "agent/collect/services.h"
#include "agent/core/text.h"
#include "agent/formats/modprobe_conf.h"
#include "agent/formats/shell_assignments.h"

namespace guestprep {
namespace {

constexpr std::string_view kNeeded[] = {
    "ena", "nvme", "nvme_core", "xen_blkfront", "xen_netfront", "xen_platform_pci", "ixgbevf"};

/// An "install" line that runs nothing instead of loading the module.
bool loads_nothing(std::string_view command) {
    const auto words = words_of(command);
    if (words.empty()) return false;
    const auto program = words[0].substr(words[0].rfind('/') + 1);
    return program == "true" || program == "false" || program == ":" || program == "exit";
}

bool is_bar(const ModprobeLine& line) {
    if (line.command == "blacklist") return true;
    if (line.command == "install") return loads_nothing(line.rest);
    return line.command == "alias" && line.rest == "off";
}

/// Files of a folder that may be laid over another one; before systemd their names had no ending.
std::vector<GuestPath> modprobe_files(NetworkReader& reader, InitSystem init) {
    auto paths = reader.layered({"/etc/modprobe.d", "/run/modprobe.d", "/usr/local/lib/modprobe.d",
                                 "/usr/lib/modprobe.d", "/lib/modprobe.d"},
                                init == InitSystem::sysv ? "" : ".conf");
    paths.emplace_back("/etc/modprobe.conf");
    paths.emplace_back("/etc/modprobe.conf.local");
    return paths;
}

void read_modprobe(const Host& host, const BootServices& services, const Facts& facts,
                   FirstBootFacts& out) {
    NetworkFacts notes;
    NetworkReader reader(host, services, facts, notes);
    std::vector<ModuleBar> bars;
    for (const auto& path : modprobe_files(reader, facts.os.init)) {
        const auto text = reader.text(path);
        if (!text) continue;
        for (const auto& line : parse_modprobe_conf(*text)) {
            const auto here = config_line(path.str(), line.line,
                                          line.command + ' ' + line.module + ' ' + line.rest);
            const auto module = with_underscores(line.module);
            if (is_bar(line) && std::ranges::find(kNeeded, module) != std::end(kNeeded))
                bars.push_back({module, here});
            if (path.name() == "modprobe.conf" && line.command == "alias" &&
                (line.module.starts_with("eth") || line.module.starts_with("scsi_hostadapter")))
                out.old_hardware.push_back(here);
        }
    }
    if (notes.unread.empty())
        out.module_bars = std::move(bars);
    else
        out.module_bars = failure(Errc::access_denied, notes.unread.front().text);
}

/// sysctl's files: once switched off, nothing switches it on again.
ConfigLine find_modules_disabled(const Host& host, const BootServices& services,
                                 const Facts& facts) {
    NetworkFacts notes;
    NetworkReader reader(host, services, facts, notes);
    auto paths = reader.layered({"/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d",
                                 "/usr/lib/sysctl.d", "/lib/sysctl.d"},
                                ".conf");
    paths.emplace_back("/etc/sysctl.conf");
    for (const auto& path : paths) {
        const auto text = reader.text(path);
        if (!text) continue;
        const auto lines = lines_of(*text);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            auto words = words_of(lines[i], " \t=");
            if (words.size() != 2 || words[1] != "1") continue;
            if (words[0].starts_with('-')) words[0].remove_prefix(1);
            if (words[0] == "kernel.modules_disabled" || words[0] == "kernel/modules_disabled")
                return config_line(path.str(), i + 1, lines[i]);
        }
    }
    if (host.running)
        if (const auto now = host.files.read(GuestPath("/proc/sys/kernel/modules_disabled"));
            now && trimmed(*now) == "1")
            return {"/proc/sys/kernel/modules_disabled", "1"};
    return {};
}

/// Only the question about GRUB's disks: the database holds others' answers.
void read_debconf(const FileReader& files, std::vector<ConfigLine>& out) {
    const GuestPath path("/var/cache/debconf/config.dat");
    const auto text = files.read(path, std::size_t{32} << 20);
    if (!text) return;
    const auto lines = lines_of(*text);
    bool is_question = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].starts_with("Name: "))
            is_question = trimmed(lines[i].substr(6)) == "grub-pc/install_devices";
        if (is_question && lines[i].starts_with("Value: "))
            for (const auto device : words_of(lines[i].substr(7), ", "))
                out.push_back(config_line(path.str(), i + 1, device));
    }
}

Fact<std::vector<ConfigLine>> find_grub_disks(const FileReader& files) {
    std::vector<ConfigLine> out;
    for (const auto* name : {"/boot/grub/device.map", "/boot/grub2/device.map"}) {
        const auto text = files.read(GuestPath(name));
        if (!text && text.error().code != Errc::not_found) return std::unexpected(text.error());
        if (!text) continue;
        const auto lines = lines_of(*text);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const auto words = words_of(lines[i]);
            if (words.size() == 2 && words[0] == "(hd0)")
                out.push_back(config_line(name, i + 1, words[1]));
        }
    }
    read_debconf(files, out);
    return out;
}

Fact<bool> find_secure_boot(const Host& host, const Fact<Firmware>& firmware) {
    if (!host.running)
        return failure(Errc::unsupported, "the firmware's settings are not in a directory");
    if (firmware && *firmware == Firmware::bios)
        return failure(Errc::not_found, "BIOS firmware has no Secure Boot");
    const std::string name = "SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";
    for (const auto& path : {GuestPath("/sys/firmware/efi/efivars") / name,
                             GuestPath("/sys/firmware/efi/vars") / name / "data"}) {
        const auto bytes = host.files.read(path, 4096);
        if (bytes && !bytes->empty()) return bytes->back() == '\1';
        if (!bytes && bytes.error().code != Errc::not_found) return std::unexpected(bytes.error());
    }
    return failure(Errc::not_found, "the firmware has no variable SecureBoot");
}

}  // namespace

void collect_first_boot(const Host& host, const BootServices& services, Facts& facts) {
    auto& out = facts.first_boot;
    read_modprobe(host, services, facts, out);
    out.modules_disabled = find_modules_disabled(host, services, facts);
    out.clock = find_clock(host, services);
    out.kudzu = services.state("kudzu");
    if (const GuestPath flag("/forcefsck"); host.files.exists(flag))
        out.forced_check = {flag.str(), "the file is there"};
    out.grub_disks = find_grub_disks(host.files);
    out.secure_boot = find_secure_boot(host, facts.os.firmware);
    // Read for the fixer that takes it away.
    if (const GuestPath legacy("/etc/dracut.conf.d/50-network-legacy.conf");
        host.files.read(legacy) || host.files.exists(legacy))
        out.network_legacy = {legacy.str(), "the file is there"};
}

}  // namespace guestprep
