// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/collect/collect.h"
#include "agent/collect/network_parts.h"
#include "agent/core/text.h"
#include "agent/formats/braced_settings.h"

namespace guestprep {
namespace {

void take_filter(std::vector<LvmFilter>& filters, const GuestPath& path,
                 const BracedSetting& setting) {
    auto text = setting.name.substr(setting.name.rfind('/') + 1) + " = [";
    const auto name = text;
    for (const auto& pattern : setting.values)
        text += (text.size() == name.size() ? " \"" : ", \"") + pattern + '"';
    // What a later file sets replaces what an earlier one did.
    std::erase_if(filters, [&](const LvmFilter& one) { return one.line.text.starts_with(name); });
    filters.push_back({config_line(path.str(), setting.line, text + " ]"), setting.values});
}

void read_lvm_conf(const FileReader& files, VolumeManagerFacts& facts) {
    facts.filters = failure(Errc::not_found, "there is no lvm.conf");
    for (const auto* name : {"/etc/lvm/lvm.conf", "/etc/lvm/lvmlocal.conf"}) {
        const GuestPath path(name);
        const auto text = files.read(path);
        if (!text && text.error().code == Errc::not_found) continue;
        if (!text) {
            facts.filters = std::unexpected(text.error());
            return;
        }
        if (!facts.filters) facts.filters = std::vector<LvmFilter>();
        for (const auto& setting : parse_braced_settings(*text)) {
            if (setting.name == "devices/filter" || setting.name == "devices/global_filter")
                take_filter(*facts.filters, path, setting);
            if (setting.name == "devices/use_devicesfile" && !setting.values.empty()) {
                facts.devices_file_off = setting.values.front() == "0";
                facts.devices_file_setting = config_line(
                    path.str(), setting.line, "use_devicesfile = " + setting.values.front());
            }
        }
    }
}

Fact<std::vector<LvmDevice>> read_devices_file(const FileReader& files) {
    const GuestPath path("/etc/lvm/devices/system.devices");
    const auto text = files.read(path);
    if (!text) return std::unexpected(text.error());
    std::vector<LvmDevice> out;
    const auto lines = lines_of(*text);
    for (std::size_t i = 0; i < lines.size(); ++i)
        for (const auto word : words_of(lines[i])) {
            if (word.starts_with('#')) break;
            if (word.starts_with("IDTYPE="))
                out.push_back(
                    {std::string(word.substr(7)), config_line(path.str(), i + 1, lines[i])});
        }
    return out;
}

bool has_lvm(const StorageFacts& storage) {
    return storage.devices && std::ranges::any_of(*storage.devices, [](const BlockDevice& device) {
               return device.type == "LVM2_member" || device.mapper_uuid.starts_with("LVM-");
           });
}

Fact<std::vector<VolumeGroup>> ask_groups(const Host& host, const StorageFacts& storage) {
    if (!host.running) return failure(Errc::unsupported, "LVM is only asked on a running system");
    if (!has_lvm(storage)) return std::vector<VolumeGroup>();
    if (!host.privileged) return failure(Errc::access_denied, "vgs needs root");
    // Old releases keep a cache of devices on the disk; nothing shall be written.
    const Command command{.argv = {"vgs", "--config", "devices{write_cache_state=0}",
                                   "--noheadings", "--separator", "|", "-o",
                                   "vg_name,vg_uuid,vg_attr"}};
    const auto output = host.commands.run(command);
    if (!output) return std::unexpected(output.error());
    std::vector<VolumeGroup> groups;
    for (const auto line : lines_of(output->out)) {
        const auto cells = split(trimmed(line), '|');
        if (cells.size() != 3 || cells[2].size() < 4) continue;
        std::string id(cells[1]);
        std::erase(id, '-');
        groups.push_back({std::string(cells[0]), std::move(id), cells[2][3] == 'p'});
    }
    if (groups.empty())
        return failure(Errc::command_failed, "vgs shows no volume group: " + shown(output->err));
    return groups;
}

Fact<ConfigLine> read_multipath(const FileReader& files) {
    const GuestPath path("/etc/multipath.conf");
    const auto text = files.read(path);
    if (!text) return std::unexpected(text.error());
    ConfigLine found;
    for (const auto& setting : parse_braced_settings(*text))
        if (setting.name == "defaults/find_multipaths" && !setting.values.empty())
            found =
                config_line(path.str(), setting.line, "find_multipaths " + setting.values.front());
    return found;
}

}  // namespace

void collect_volume_managers(const Host& host, Facts& facts) {
    auto& managers = facts.volume_managers;
    read_lvm_conf(host.files, managers);
    managers.listed_devices = read_devices_file(host.files);
    managers.groups = ask_groups(host, facts.storage);
    managers.find_multipaths = read_multipath(host.files);
}

}  // namespace guestprep
