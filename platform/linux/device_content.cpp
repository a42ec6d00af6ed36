// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/device_content.h"

#include <blkid/blkid.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

#include "agent/core/text.h"
#include "platform/any/first_sector.h"
#include "platform/linux/descriptor.h"

namespace guestprep {
namespace {

constexpr std::size_t kSector = 512;
constexpr unsigned kActiveFlag = 0x80;

struct FreeProbe {
    void operator()(blkid_probe probe) const { blkid_free_probe(probe); }
};
using Probe = std::unique_ptr<std::remove_pointer_t<blkid_probe>, FreeProbe>;

std::string text_or_empty(const char* text) { return text == nullptr ? std::string() : text; }

std::string value_of(blkid_probe probe, const char* name) {
    const char* value = nullptr;
    if (blkid_probe_lookup_value(probe, name, &value, nullptr) != 0) return {};
    return text_or_empty(value);
}

std::string type_of(blkid_partition partition) {
    if (const char* guid = blkid_partition_get_type_string(partition)) return lowercase(guid);
    constexpr std::string_view kHex = "0123456789abcdef";
    const auto type = static_cast<unsigned>(blkid_partition_get_type(partition)) & 0xFFU;
    std::string text = "0x";
    if (type > 0xF) text += kHex[type >> 4U];
    return text + kHex[type & 0xFU];
}

void read_table(blkid_probe probe, DeviceContent& content) {
    const auto list = blkid_probe_get_partitions(probe);
    if (list == nullptr) return;
    if (const auto table = blkid_partlist_get_table(list))
        content.table = text_or_empty(blkid_parttable_get_type(table));
    const int count = blkid_partlist_numof_partitions(list);
    for (int i = 0; i < count; ++i) {
        const auto partition = blkid_partlist_get_partition(list, i);
        if (partition == nullptr) continue;
        content.partitions.push_back(
            {.number = static_cast<std::uint32_t>(blkid_partition_get_partno(partition)),
             .type = type_of(partition),
             .uuid = text_or_empty(blkid_partition_get_uuid(partition)),
             .label = text_or_empty(blkid_partition_get_name(partition)),
             .active = content.table == "dos" &&
                       (blkid_partition_get_flags(partition) & kActiveFlag) != 0});
    }
}

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;)
        value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

CheckState read_check_state(int fd) {
    std::array<char, 1024> superblock{};
    const auto got = ::pread(fd, superblock.data(), superblock.size(), 1024);
    if (got != static_cast<ssize_t>(superblock.size())) return {};
    return check_state_of({superblock.data(), superblock.size()});
}

}  // namespace

CheckState check_state_of(std::string_view superblock) {
    constexpr std::uint64_t kMagic = 0xEF53;
    if (superblock.size() < 1024 || number_at(superblock, 0x38, 2) != kMagic) return {};
    const auto state = number_at(superblock, 0x3A, 2);
    const auto most = number_at(superblock, 0x36, 2);
    return {.is_known = true,
            .is_clean = (state & 1U) != 0,
            .has_errors = (state & 2U) != 0,
            .mounts = number_at(superblock, 0x34, 2),
            // Signed: 0 and -1 both mean never.
            .most_mounts = most >= 0x8000U ? 0 : most,
            .last_check = number_at(superblock, 0x40, 4),
            .check_interval = number_at(superblock, 0x44, 4)};
}

DeviceContent read_content(int fd, bool may_be_partitioned) {
    DeviceContent content;
    std::array<char, kSector> sector{};
    ssize_t got = 0;
    do got = ::pread(fd, sector.data(), sector.size(), 0);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
        content.unread = system_error(errno).message;
        return content;
    }
    const Probe probe(blkid_new_probe());
    if (!probe || blkid_probe_set_device(probe.get(), fd, 0, 0) != 0) {
        content.unread = "its content cannot be examined";
        return content;
    }
    blkid_probe_enable_superblocks(probe.get(), 1);
    blkid_probe_set_superblocks_flags(probe.get(), BLKID_SUBLKS_LABEL | BLKID_SUBLKS_UUID |
                                                       BLKID_SUBLKS_TYPE | BLKID_SUBLKS_USAGE);
    if (blkid_do_safeprobe(probe.get()) == 0) {
        content.usage = value_of(probe.get(), "USAGE");
        content.type = value_of(probe.get(), "TYPE");
        content.uuid = value_of(probe.get(), "UUID");
        content.label = value_of(probe.get(), "LABEL");
    }
    if (content.type.starts_with("ext")) content.check = read_check_state(fd);
    if (may_be_partitioned) {
        content.boot_code = boot_code_of({sector.data(), static_cast<std::size_t>(got)});
        blkid_probe_enable_partitions(probe.get(), 1);
        read_table(probe.get(), content);
    }
    return content;
}

std::string packed(const DeviceContent& content) {
    std::string text;
    const auto add = [&](const std::string& value) {
        text += value;
        text += '\0';
    };
    for (const auto* value : {&content.usage, &content.type, &content.uuid, &content.label,
                              &content.table, &content.boot_code, &content.unread})
        add(*value);
    const auto& check = content.check;
    for (const auto number : {std::uint64_t{check.is_known}, std::uint64_t{check.is_clean},
                              std::uint64_t{check.has_errors}, check.mounts, check.most_mounts,
                              check.last_check, check.check_interval})
        add(std::to_string(number));
    for (const auto& partition : content.partitions) {
        add(std::to_string(partition.number));
        add(partition.type);
        add(partition.uuid);
        add(partition.label);
        add(partition.active ? "1" : "");
    }
    return text;
}

DeviceContent unpacked(std::string_view text) {
    DeviceContent content;
    const auto values = split(text, '\0');
    if (values.size() < 14) {
        content.unread = "its content cannot be examined";
        return content;
    }
    content.usage = values[0];
    content.type = values[1];
    content.uuid = values[2];
    content.label = values[3];
    content.table = values[4];
    content.boot_code = values[5];
    content.unread = values[6];
    const auto number = [&](std::size_t at) { return to_number(values[at]).value_or(0); };
    content.check = {number(7) != 0, number(8) != 0, number(9) != 0, number(10),
                     number(11),     number(12),     number(13)};
    for (std::size_t i = 14; i + 4 < values.size(); i += 5)
        content.partitions.push_back(
            {.number = static_cast<std::uint32_t>(to_number(values[i]).value_or(0)),
             .type = std::string(values[i + 1]),
             .uuid = std::string(values[i + 2]),
             .label = std::string(values[i + 3]),
             .active = !values[i + 4].empty()});
    return content;
}

void take_content(const DeviceContent& content, BlockDevice& device,
                  std::vector<BlockDevice>& all) {
    device.unread = content.unread;
    device.usage = content.usage;
    device.type = content.type;
    device.uuid = content.uuid;
    device.label = content.label;
    device.check = content.check;
    device.table = content.table;
    device.boot_code = content.boot_code;
    for (const auto& record : content.partitions) {
        const auto partition = std::ranges::find_if(all, [&](const BlockDevice& one) {
            return one.disk == device.kernel_name && one.partition_number == record.number;
        });
        if (partition == all.end()) continue;
        partition->partition_type = record.type;
        partition->partition_uuid = record.uuid;
        partition->partition_label = record.label;
        partition->active = record.active;
    }
}

}  // namespace guestprep
