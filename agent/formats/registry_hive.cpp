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

using hive::damaged;
using hive::name_of;
using hive::u16;
using hive::u32;

constexpr std::size_t kLeastKey = 0x4c;
constexpr std::uint32_t kCompressedName = 0x20;
constexpr std::size_t kDeepestKey = 512;  ///< Windows makes no deeper one
constexpr std::size_t kListRecord = 8;    ///< the least that a list takes

/// Errors: bad_syntax, the name does not fit into the cell.
Result<std::string> key_name(std::string_view key, std::uint32_t at) {
    const auto length = u16(key, 0x48);
    if (kLeastKey + length > key.size()) return damaged(at, "a key's name is cut off");
    return name_of(key.substr(kLeastKey, length), (u16(key, 2) & kCompressedName) != 0);
}

std::string why_no_hive(std::string_view bytes) {
    if (bytes.find_first_not_of('\0') == std::string_view::npos)
        return "empty or filled with zeros: not a registry hive";
    if (!bytes.starts_with("regf")) return "does not begin like a registry hive";
    return "ends inside its first block: it is cut off";
}

}  // namespace

Result<RegistryHive> RegistryHive::parse(std::string bytes, const std::vector<std::string>& logs) {
    if (bytes.size() > kHiveLimit) return failure(Errc::too_large, "larger than any real hive");
    if (bytes.size() < hive::kBaseBlock || !hive::is_base_block(bytes))
        return failure(Errc::bad_syntax, why_no_hive(bytes));
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
    self.has_big_data_ = base.minor > 3;
    self.room_ = self.bins_.size();
    const auto root = self.key_cell(self.root_);
    if (!root) return std::unexpected(Error(root.error()).within("the root key"));
    info.root_name = key_name(*root, self.root_).value_or("");
    return self;
}

Result<std::string_view> RegistryHive::cell(Offset at) const {
    if (at == hive::kNone || at % 8 != 0 || at > bins_.size() || bins_.size() - at < 8)
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
    const auto parts = split(key, '\\');
    for (const auto part : parts) {
        const auto& list = children(at);
        const auto found = list.by_name.find(folded_name(part));
        if (found == list.by_name.end())
            return list.damage.empty()
                       ? failure(Errc::not_found, std::string(key) + ": no such key")
                       : failure(Errc::bad_syntax, std::string(key) + ": " + list.damage);
        at = found->second;
    }
    if (parts.size() > kDeepestKey)
        return failure(Errc::bad_syntax, "damaged: a key lies deeper than any that Windows makes");
    return at;
}

bool RegistryHive::take_room(std::size_t bytes) const {
    if (bytes > room_) room_ = 0;
    if (room_ == 0) return false;
    room_ -= bytes;
    return true;
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
    read_list(u32(*record, 0x1c), key, false, list);
    if (list.damage.empty() && list.names.size() != count)
        list.damage = "damaged at " + hive::hex(key) + ": a key has " + std::to_string(count) +
                      " subkeys, and its list " + std::to_string(list.names.size());
    return list;
}

void RegistryHive::read_list(Offset at, Offset parent, bool is_in_index, Children& list) const {
    const auto record = cell(at);
    if (!record) return list.note(record.error());
    const auto kind = record->substr(0, 2);
    const bool is_index = kind == "ri";
    const std::size_t stride = kind == "lf" || kind == "lh" ? 8 : kind == "li" || is_index ? 4 : 0;
    if (stride == 0) return list.note(damaged(at, "this is no list of keys").error());
    if (is_index && is_in_index)
        return list.note(damaged(at, "an index of lists in another one").error());
    const std::size_t count = u16(*record, 2);
    if (4 + count * stride > record->size())
        return list.note(damaged(at, "a list of keys is cut off").error());
    for (std::size_t i = 0; i < count; ++i) {
        const auto entry = u32(*record, 4 + i * stride);
        if (!take_room(is_index ? kListRecord : kLeastKey))
            return list.note(damaged(at, "more keys in lists than fit into the hive").error());
        if (is_index) {
            read_list(entry, parent, true, list);
        } else if (auto added = add_child(entry, parent, list); !added) {
            list.note(added.error());
        }
    }
}

Result<void> RegistryHive::add_child(Offset at, Offset parent, Children& list) const {
    const auto key = key_cell(at);
    if (!key) return std::unexpected(key.error());
    // Without this a key could stand below itself, or in as many lists as there are.
    if (at == root_ || u32(*key, 0x10) != parent)
        return damaged(at, "a key in a list says that it belongs to another one");
    auto name = key_name(*key, at);
    if (!name) return std::unexpected(name.error());
    if (name->empty() || contains(*name, "\\"))
        return damaged(at, "a key has a name that no key can have");
    if (!take_room(u16(*key, 0x48))) return damaged(at, "more in lists than fits into the hive");
    if (!list.by_name.try_emplace(folded_name(*name), at).second)
        return damaged(at, "two keys of one name");
    list.names.push_back(std::move(*name));
    return {};
}

std::string RegistryHive::list_damage() const {
    for (const auto& [key, list] : children_)
        if (!list.damage.empty()) return list.damage;
    for (const auto& [key, list] : values_)
        if (!list.damage.empty()) return list.damage;
    return {};
}

Result<std::vector<std::string>> RegistryHive::subkeys(std::string_view key) const {
    const auto at = find(key);
    if (!at) return std::unexpected(at.error());
    const auto& list = children(*at);
    if (!list.damage.empty())
        return failure(Errc::bad_syntax, std::string(key) + ": " + list.damage);
    return list.names;
}

}  // namespace guestprep
