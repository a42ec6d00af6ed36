// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/registry_value.h"
#include "agent/core/result.h"

namespace guestprep {

/// More than any hive of a real system (SOFTWARE of an old server: some 200 MiB).
inline constexpr std::size_t kHiveLimit = std::size_t{256} << 20;

/// What the first block of a hive says, and what was found out on the way.
struct HiveInfo {
    std::string file_name;  ///< the end of the path that Windows loaded it from
    std::string root_name;
    std::uint32_t first_sequence = 0, second_sequence = 0;  ///< as in the file, before any log
    std::uint32_t major = 0, minor = 0;
    std::uint32_t bins_size = 0;  ///< bytes, as in the file
    bool checksum_ok = true;
    bool is_dirty = false;  ///< it was not closed cleanly
    std::size_t log_entries_applied = 0;
    /// In whole sentences: "the file ends before its last bin".
    std::vector<std::string> damages;
};

/// A registry hive ("regf"), read-only. Everything is checked against the file's own size: whatever
/// the bytes are, nothing outside them is read, and all lists together are bounded by what fits
/// into the file. Keys are named from the root, "ControlSet001\\Services"; "" is the root. They
/// form a tree, and no two siblings have one name, so whoever walks all keys comes to an end.
///
/// A list that is damaged makes what is not found there an error of code bad_syntax, never
/// not_found: it may have been in the part that is lost. What is found there is given.
class RegistryHive {
public:
    /// `logs`: the transaction logs beside it, in any order; used where the hive is dirty.
    /// Errors: bad_syntax (this is no hive), too_large.
    [[nodiscard]] static Result<RegistryHive> parse(std::string bytes,
                                                    const std::vector<std::string>& logs = {});

    [[nodiscard]] const HiveInfo& info() const { return info_; }
    /// The first damage among the lists that were looked at so far; "" where they are whole.
    [[nodiscard]] std::string list_damage() const;
    [[nodiscard]] Result<RegistryValue> value(std::string_view key, std::string_view name) const;
    [[nodiscard]] Result<std::vector<std::string>> subkeys(std::string_view key) const;
    [[nodiscard]] Result<std::vector<NamedRegistryValue>> values(std::string_view key) const;

private:
    using Offset = std::uint32_t;  ///< from the start of the first bin
    /// The subkeys of one key.
    struct Children {
        std::vector<std::string> names;         ///< in the order of the list
        std::map<std::string, Offset> by_name;  ///< folded
        std::string damage;                     ///< empty: the list is whole
        void note(const Error& error) {
            if (damage.empty()) damage = error.message;
        }
    };
    struct ValueRecord {
        std::string name;
        Offset at = 0;
    };
    struct Values {
        std::vector<ValueRecord> records;
        std::string damage;  ///< empty: the list is whole
    };

    RegistryHive() = default;
    [[nodiscard]] Result<std::string_view> cell(Offset at) const;
    [[nodiscard]] Result<std::string_view> key_cell(Offset at) const;
    [[nodiscard]] Result<Offset> find(std::string_view key) const;
    [[nodiscard]] bool take_room(std::size_t bytes) const;
    [[nodiscard]] const Children& children(Offset key) const;
    void read_list(Offset at, Offset parent, bool is_in_index, Children& list) const;
    [[nodiscard]] Result<void> add_child(Offset at, Offset parent, Children& list) const;
    [[nodiscard]] const Values& value_list(Offset key) const;
    [[nodiscard]] Result<void> read_value_list(Offset key, Values& values) const;
    [[nodiscard]] Result<ValueRecord> value_record(Offset at) const;
    [[nodiscard]] Result<RegistryValue> read_value(Offset at) const;
    [[nodiscard]] std::size_t value_room(std::string_view record) const;
    [[nodiscard]] Result<std::string> read_data(Offset at, std::size_t size) const;
    [[nodiscard]] Result<std::string> read_big_data(std::string_view head, std::size_t size) const;

    std::string bins_;
    Offset root_ = 0;
    bool has_big_data_ = false;
    HiveInfo info_;
    /// Each list is read once: whoever asks for all services asks hundreds of times.
    mutable std::map<Offset, Children> children_;
    mutable std::map<Offset, Values> values_;
    /// Bytes that the records of the lists not yet read can take. Every record belongs to one list,
    /// so those of a sound hive never take more than the hive has; lists that lead to the same
    /// records again and again do.
    mutable std::size_t room_ = 0;
};

}  // namespace guestprep
