// SPDX-License-Identifier: Apache-2.0
//
// The values of a hive's keys.
#include <algorithm>

#include "agent/formats/registry_hive.h"
#include "agent/formats/registry_hive_parts.h"
#include "agent/formats/registry_name.h"

namespace guestprep {
namespace {

using hive::damaged;
using hive::name_of;
using hive::u16;
using hive::u32;

constexpr std::size_t kLeastValue = 0x14, kLeastBigData = 8;
constexpr std::uint32_t kCompressedName = 0x1;
constexpr std::uint32_t kInlineData = 0x80000000;
constexpr std::size_t kSegment = 16344;      ///< bytes of a value in one piece
constexpr std::size_t kMostData = 64 << 20;  ///< of one value

}  // namespace

const RegistryHive::Values& RegistryHive::value_list(Offset key) const {
    const auto [place, is_new] = values_.try_emplace(key);
    auto& values = place->second;
    if (!is_new) return values;
    if (const auto read = read_value_list(key, values); !read) values.damage = read.error().message;
    return values;
}

Result<void> RegistryHive::read_value_list(Offset key, Values& values) const {
    const auto record = key_cell(key);
    if (!record) return std::unexpected(record.error());
    const std::size_t count = u32(*record, 0x24);
    if (count == 0) return {};
    const auto list_at = u32(*record, 0x28);
    const auto list = cell(list_at);
    if (!list) return std::unexpected(list.error());
    const auto there = std::min(count, list->size() / 4);
    Result<void> whole;
    if (count > there) whole = damaged(list_at, "a list of values is cut off");
    for (std::size_t i = 0; i < there; ++i) {
        const auto at = u32(*list, i * 4);
        auto value = value_record(at);
        const auto room = value ? value_room(*cell(at)) : 0;
        if (!take_room(kLeastValue + room))
            return damaged(list_at, "more values in lists than fit into the hive");
        if (value)
            values.records.push_back(std::move(*value));
        else if (whole)
            whole = std::unexpected(value.error());
    }
    return whole;
}

Result<RegistryHive::ValueRecord> RegistryHive::value_record(Offset at) const {
    const auto value = cell(at);
    if (!value) return std::unexpected(value.error());
    if (value->size() < kLeastValue || !value->starts_with("vk"))
        return damaged(at, "this is no value");
    const auto length = u16(*value, 2);
    if (kLeastValue + length > value->size()) return damaged(at, "a value's name is cut off");
    return ValueRecord{
        name_of(value->substr(kLeastValue, length), (u16(*value, 0x10) & kCompressedName) != 0),
        at};
}

/// What a value's name and data take; data that cannot be read takes nothing.
std::size_t RegistryHive::value_room(std::string_view record) const {
    const std::size_t name = u16(record, 2), size = u32(record, 4);
    if ((size & kInlineData) != 0 || size > kMostData) return name;
    const auto data = cell(u32(record, 8));
    if (!data) return name;
    const bool is_big = size > kSegment && has_big_data_ && data->starts_with("db");
    return is_big || size <= data->size() ? name + size : name;
}

Result<RegistryValue> RegistryHive::read_value(Offset at) const {
    const auto record = cell(at);
    if (!record) return std::unexpected(record.error());
    RegistryValue value;
    value.type = static_cast<RegistryType>(u32(*record, 0xc));
    const auto size = u32(*record, 4);
    if ((size & kInlineData) != 0) {
        const auto length = size & ~kInlineData;
        if (length > 4) return damaged(at, "a value of more than four bytes inside its record");
        value.bytes = record->substr(8, length);
        return value;
    }
    auto data = read_data(u32(*record, 8), size);
    if (!data) return std::unexpected(data.error());
    value.bytes = std::move(*data);
    return value;
}

Result<std::string> RegistryHive::read_data(Offset at, std::size_t size) const {
    if (size == 0) return std::string();
    if (size > kMostData)
        return failure(Errc::too_large, "a value of " + std::to_string(size) + " bytes");
    const auto data = cell(at);
    if (!data) return std::unexpected(data.error());
    if (size > kSegment && has_big_data_ && data->starts_with("db"))
        return read_big_data(*data, size);
    if (size > data->size()) return damaged(at, "a value is cut off");
    return std::string(data->substr(0, size));
}

Result<std::string> RegistryHive::read_big_data(std::string_view head, std::size_t size) const {
    if (head.size() < kLeastBigData)
        return failure(Errc::bad_syntax, "damaged: a value is cut off");
    const std::size_t count = u16(head, 2);
    const auto list_at = u32(head, 4);
    const auto list = cell(list_at);
    if (!list) return std::unexpected(list.error());
    if (count > list->size() / 4) return damaged(list_at, "a list of segments is cut off");
    std::string data;
    for (std::size_t i = 0; i < count && data.size() < size; ++i) {
        const auto segment = cell(u32(*list, i * 4));
        if (!segment) return std::unexpected(segment.error());
        const auto wanted = std::min(kSegment, size - data.size());
        if (segment->size() < wanted) return damaged(list_at, "a segment is cut off");
        data += segment->substr(0, wanted);
    }
    if (data.size() < size) return damaged(list_at, "a value is cut off");
    return data;
}

Result<std::vector<NamedRegistryValue>> RegistryHive::values(std::string_view key) const {
    const auto at = find(key);
    if (!at) return std::unexpected(at.error());
    const auto& list = value_list(*at);
    if (!list.damage.empty())
        return failure(Errc::bad_syntax, std::string(key) + ": " + list.damage);
    std::vector<NamedRegistryValue> values;
    for (const auto& record : list.records) {
        auto value = read_value(record.at);
        if (!value) return std::unexpected(Error(value.error()).within(record.name).within(key));
        values.push_back({record.name, std::move(*value)});
    }
    return values;
}

Result<RegistryValue> RegistryHive::value(std::string_view key, std::string_view name) const {
    const auto at = find(key);
    if (!at) return std::unexpected(at.error());
    const auto& list = value_list(*at);
    const auto wanted = folded_name(name);
    for (const auto& record : list.records) {
        if (folded_name(record.name) != wanted) continue;
        auto value = read_value(record.at);
        if (!value) return std::unexpected(Error(value.error()).within(name).within(key));
        return value;
    }
    if (!list.damage.empty())
        return failure(Errc::bad_syntax, std::string(key) + ": " + list.damage);
    return failure(Errc::not_found, std::string(key) + ": no value \"" + std::string(name) + "\"");
}

}  // namespace guestprep
