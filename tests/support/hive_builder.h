// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/core/registry_value.h"

namespace guestprep {

/// Writes small hives, sound or broken on purpose. Cells are laid one behind the other into one
/// bin; `key` and `value` return their offset.
class HiveBuilder {
public:
    using Offset = std::uint32_t;
    static constexpr Offset kNone = 0xffffffff;

    Offset cell(std::string content);
    Offset value(std::string_view name, const RegistryValue& value);
    /// A value in segments, as from version 1.4 on; longer than 16344 bytes.
    Offset big_value(std::string_view name, std::string_view bytes);
    /// `kind`: "lf", "lh" or "li".
    Offset list(std::string_view kind, const std::vector<Offset>& keys);
    Offset index(const std::vector<Offset>& lists);
    Offset key(std::string_view name, const std::vector<Offset>& values = {},
               Offset subkey_list = kNone, std::uint32_t subkeys = 0);
    /// The same, with a list of that kind made for the subkeys, which it adopts.
    Offset key_over(std::string_view name, const std::vector<Offset>& subkeys,
                    const std::vector<Offset>& values = {}, std::string_view kind = "lh");
    /// The whole file. Sequence numbers are equal unless said otherwise.
    [[nodiscard]] std::string file(Offset root, std::uint32_t first = 1, std::uint32_t second = 1,
                                   std::uint32_t minor = 5) const;

    /// Tells keys which key they belong to, where `key` got a list made before.
    void adopt(Offset parent, const std::vector<Offset>& keys);
    /// Overwrites four bytes of the bin.
    void poke(Offset at, std::uint32_t number);
    [[nodiscard]] std::uint32_t u32(Offset at) const;
    /// Bytes of the bin in use.
    [[nodiscard]] std::size_t size() const { return bins_.size(); }
    [[nodiscard]] const std::vector<Offset>& cells() const { return cells_; }

private:
    std::vector<Offset> cells_;
    std::string bins_ = std::string(0x20, '\0');
};

/// Sets the check sum of a base block right.
void put_check_sum(std::string& file);
/// Appends a little-endian number.
void put_u16(std::string& bytes, std::uint32_t number);
void put_u32(std::string& bytes, std::uint32_t number);

/// The head of a log of that type (1: old, 6: new), 512 bytes, for the hive in `file`.
[[nodiscard]] std::string log_head(const std::string& file, std::uint32_t type,
                                   std::uint32_t sequence);
/// An entry of a log of the new format: `pages` of 4096 bytes of the hive in `file`, by number.
[[nodiscard]] std::string log_entry(const std::string& file, std::uint32_t sequence,
                                    const std::vector<std::uint32_t>& pages);
/// Sets the two hashes of an entry right.
void put_hashes(std::string& entry);

/// HKLM\\SYSTEM as a hive file: Select and a control set that holds `values` (key below the control
/// set, name, value).
struct HiveEntry {
    std::string key, name;
    RegistryValue value;
};
[[nodiscard]] std::string hive_with(const std::vector<HiveEntry>& entries);

}  // namespace guestprep
