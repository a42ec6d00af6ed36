// SPDX-License-Identifier: Apache-2.0
//
// The format as described by those who took it apart: M. Suhanov, "Windows registry file format
// specification"; J. Metz, libregf documentation; T. D. Morgan, "The Windows NT registry file
// format".
#include "agent/formats/registry_hive.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/formats/registry_hive_parts.h"
#include "agent/formats/registry_name.h"
#include "agent/formats/registry_value.h"

namespace guestprep {
namespace {

using hive::u16;
using hive::u32;

constexpr std::uint32_t kNone = 0xffffffff;
constexpr std::size_t kLeastKey = 0x4c, kLeastValue = 0x14;
constexpr std::uint32_t kCompressedKeyName = 0x20, kCompressedValueName = 0x1;
constexpr std::uint32_t kInlineData = 0x80000000;
constexpr std::size_t kSegment = 16344;      ///< bytes of a value in one piece
constexpr std::size_t kMostData = 64 << 20;  ///< of one value
constexpr unsigned kDeepestList = 4;         ///< the format has two levels

std::string hex(std::uint32_t number) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    do text.insert(text.begin(), kDigits[number & 0xf]);
    while ((number >>= 4) != 0);
    return "0x" + text;
}

std::unexpected<Error> damaged(std::uint32_t at, std::string_view what) {
    return failure(Errc::bad_syntax, "damaged at " + hex(at) + ": " + std::string(what));
}

std::string latin1(std::string_view bytes) {
    std::string units;
    for (const char c : bytes) {
        units += c;
        units += '\0';
    }
    return utf8_from_utf16(units);
}

std::string name_of(std::string_view bytes, bool is_compressed) {
    return is_compressed ? latin1(bytes) : utf8_from_utf16(bytes);
}

/// Errors: bad_syntax, the name does not fit into the cell.
Result<std::string> key_name(std::string_view key, std::uint32_t at) {
    const auto length = u16(key, 0x48);
    if (kLeastKey + length > key.size()) return damaged(at, "a key's name is cut off");
    return name_of(key.substr(kLeastKey, length), (u16(key, 2) & kCompressedKeyName) != 0);
}

}  // namespace

Result<RegistryHive> RegistryHive::parse(std::string bytes, const std::vector<std::string>& logs) {
    if (bytes.size() > kHiveLimit) return failure(Errc::too_large, "larger than any real hive");
    if (bytes.size() < hive::kBaseBlock || !hive::is_base_block(bytes))
        return failure(Errc::bad_syntax, bytes.find_first_not_of('\0') == std::string::npos
                                             ? "empty or filled with zeros: not a registry hive"
                                             : "does not begin like a registry hive");
    RegistryHive self;
    auto base = hive::read_base_block(bytes);
    auto& info = self.info_;
    info.file_name = base.file_name;
    info.first_sequence = base.first_sequence;
    info.second_sequence = base.second_sequence;
    info.major = base.major;
    info.minor = base.minor;
    info.bins_size = base.bins_size;
    info.checksum_ok = base.checksum_ok;
    info.is_dirty = base.first_sequence != base.second_sequence || !base.checksum_ok;
    if (!info.checksum_ok) info.damages.emplace_back("the check sum of its first block is wrong");
    self.bins_ = bytes.substr(hive::kBaseBlock);
    if (info.is_dirty) {
        info.log_entries_applied = hive::apply_logs(logs, base, self.bins_);
        if (info.log_entries_applied == 0)
            info.damages.emplace_back(
                "it was not closed cleanly, and no log has its last changes: what is read may be "
                "older than what Windows will see");
    }
    if (self.bins_.size() < base.bins_size)
        info.damages.emplace_back("the file ends before its last bin");
    else
        self.bins_.resize(base.bins_size);
    self.root_ = base.root;
    const auto root = self.key_cell(self.root_);
    if (!root) return std::unexpected(Error(root.error()).within("the root key"));
    info.root_name = key_name(*root, self.root_).value_or("");
    return self;
}

Result<std::string_view> RegistryHive::cell(Offset at) const {
    if (at == kNone || at % 8 != 0 || at > bins_.size() || bins_.size() - at < 8)
        return damaged(at, "a reference leads out of the hive");
    const auto raw = u32(bins_, at);
    // A cell in use has a negative size.
    if (raw < 0x80000000) return damaged(at, "a reference leads to free space");
    const std::size_t size = 0xffffffff - raw + 1;
    if (size < 8 || size > bins_.size() - at) return damaged(at, "a cell leaves the hive");
    return std::string_view(bins_).substr(at + 4, size - 4);
}

Result<std::string_view> RegistryHive::key_cell(Offset at) const {
    const auto key = cell(at);
    if (!key) return key;
    if (key->size() < kLeastKey || !key->starts_with("nk")) return damaged(at, "this is no key");
    return key;
}

Result<RegistryHive::Offset> RegistryHive::find(std::string_view key) const {
    auto at = root_;
    if (key.empty()) return at;
    for (const auto part : split(key, '\\')) {
        const auto& list = children(at);
        const auto found = list.by_name.find(folded_name(part));
        if (found == list.by_name.end())
            return list.damage.empty()
                       ? failure(Errc::not_found, std::string(key) + ": no such key")
                       : failure(Errc::bad_syntax, std::string(key) + ": " + list.damage);
        at = found->second;
    }
    return at;
}

const RegistryHive::Children& RegistryHive::children(Offset key) const {
    const auto [place, is_new] = children_.try_emplace(key);
    auto& list = place->second;
    if (!is_new) return list;
    const auto record = key_cell(key);
    if (!record) {
        list.damage = record.error().message;
        return list;
    }
    const auto count = u32(*record, 0x14);
    if (count == 0) return list;
    read_list(u32(*record, 0x1c), 0, list);
    if (list.damage.empty() && list.in_order.size() != count)
        list.damage = "damaged at " + hex(key) + ": a key has " + std::to_string(count) +
                      " subkeys, and its list " + std::to_string(list.in_order.size());
    return list;
}

void RegistryHive::read_list(Offset at, unsigned depth, Children& list) const {
    const auto note = [&](const Error& error) {
        if (list.damage.empty()) list.damage = error.message;
    };
    const auto record = cell(at);
    if (!record) return note(record.error());
    const auto kind = record->substr(0, 2);
    const bool is_index = kind == "ri";
    const std::size_t stride = kind == "lf" || kind == "lh" ? 8 : kind == "li" || is_index ? 4 : 0;
    if (stride == 0) return note(damaged(at, "this is no list of keys").error());
    if (is_index && depth >= kDeepestList) return note(damaged(at, "lists in lists").error());
    const std::size_t count = u16(*record, 2);
    if (4 + count * stride > record->size())
        return note(damaged(at, "a list of keys is cut off").error());
    // No more keys than would fit: lists may lead to one another again and again.
    const auto most = bins_.size() / kLeastKey;
    for (std::size_t i = 0; i < count; ++i) {
        if (list.in_order.size() >= most) return note(damaged(at, "endless lists").error());
        const auto entry = u32(*record, 4 + i * stride);
        if (is_index)
            read_list(entry, depth + 1, list);
        else
            add_child(entry, list);
    }
}

void RegistryHive::add_child(Offset at, Children& list) const {
    const auto key = key_cell(at);
    const auto name = key ? key_name(*key, at) : Result<std::string>(std::unexpected(key.error()));
    if (!name) {
        if (list.damage.empty()) list.damage = name.error().message;
        return;
    }
    list.by_name.try_emplace(folded_name(*name), at);
    list.in_order.push_back({*name, at});
}

Result<std::vector<std::string>> RegistryHive::subkeys(std::string_view key) const {
    const auto at = find(key);
    if (!at) return std::unexpected(at.error());
    const auto& list = children(*at);
    if (!list.damage.empty())
        return failure(Errc::bad_syntax, std::string(key) + ": " + list.damage);
    std::vector<std::string> names;
    names.reserve(list.in_order.size());
    for (const auto& child : list.in_order) names.push_back(child.name);
    return names;
}

Result<std::vector<RegistryHive::ValueRecord>> RegistryHive::value_records(Offset key) const {
    const auto record = key_cell(key);
    if (!record) return std::unexpected(record.error());
    const std::size_t count = u32(*record, 0x24);
    std::vector<ValueRecord> records;
    if (count == 0) return records;
    const auto list_at = u32(*record, 0x28);
    const auto list = cell(list_at);
    if (!list) return std::unexpected(list.error());
    if (count > list->size() / 4) return damaged(list_at, "a list of values is cut off");
    for (std::size_t i = 0; i < count; ++i) {
        const auto at = u32(*list, i * 4);
        const auto value = cell(at);
        if (!value) return std::unexpected(value.error());
        const bool is_value = value->size() >= kLeastValue && value->starts_with("vk");
        if (!is_value || kLeastValue + u16(*value, 2) > value->size())
            return damaged(at, "this is no value");
        records.push_back({name_of(value->substr(kLeastValue, u16(*value, 2)),
                                   (u16(*value, 0x10) & kCompressedValueName) != 0),
                           at});
    }
    return records;
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
    if (size > kSegment && info_.minor > 3 && data->starts_with("db"))
        return read_big_data(*data, size);
    if (size > data->size()) return damaged(at, "a value is cut off");
    return std::string(data->substr(0, size));
}

Result<std::string> RegistryHive::read_big_data(std::string_view head, std::size_t size) const {
    const std::size_t count = u16(head, 2);
    const auto list_at = u32(head, 4);
    const auto list = cell(list_at);
    if (!list) return std::unexpected(list.error());
    if (count > list->size() / 4) return damaged(list_at, "a list of segments is cut off");
    std::string data;
    for (std::size_t i = 0; i < count && data.size() < size; ++i) {
        const auto segment = cell(u32(*list, i * 4));
        if (!segment) return std::unexpected(segment.error());
        data += segment->substr(0, std::min(kSegment, size - data.size()));
    }
    if (data.size() < size) return damaged(list_at, "a value is cut off");
    return data;
}

Result<std::vector<NamedRegistryValue>> RegistryHive::values(std::string_view key) const {
    const auto at = find(key);
    if (!at) return std::unexpected(at.error());
    const auto records = value_records(*at);
    if (!records) return std::unexpected(Error(records.error()).within(key));
    std::vector<NamedRegistryValue> values;
    for (const auto& record : *records) {
        auto value = read_value(record.at);
        if (!value) return std::unexpected(Error(value.error()).within(record.name).within(key));
        values.push_back({record.name, std::move(*value)});
    }
    return values;
}

Result<RegistryValue> RegistryHive::value(std::string_view key, std::string_view name) const {
    const auto at = find(key);
    if (!at) return std::unexpected(at.error());
    const auto records = value_records(*at);
    if (!records) return std::unexpected(Error(records.error()).within(key));
    const auto wanted = folded_name(name);
    for (const auto& record : *records) {
        if (folded_name(record.name) != wanted) continue;
        auto value = read_value(record.at);
        if (!value) return std::unexpected(Error(value.error()).within(name).within(key));
        return value;
    }
    return failure(Errc::not_found, std::string(key) + ": no value \"" + std::string(name) + "\"");
}

}  // namespace guestprep
