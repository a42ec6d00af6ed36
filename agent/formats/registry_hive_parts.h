// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/registry_hive.h"

namespace guestprep::hive {

inline constexpr std::size_t kBaseBlock = 4096, kHeader = 512;
inline constexpr std::uint32_t kNone = 0xffffffff;  ///< where a reference leads nowhere

/// Little endian; the caller has made sure that the bytes are there.
[[nodiscard]] std::uint32_t u32(std::string_view bytes, std::size_t at);
[[nodiscard]] std::uint32_t u16(std::string_view bytes, std::size_t at);

/// "0x1f20"
[[nodiscard]] std::string hex(std::uint32_t number);
/// bad_syntax: "damaged at 0x1f20: this is no key"
[[nodiscard]] std::unexpected<Error> damaged(std::uint32_t at, std::string_view what);
/// A key's or value's name, stored as Latin-1 (compressed) or UTF-16LE, as UTF-8.
[[nodiscard]] std::string name_of(std::string_view bytes, bool is_compressed);

/// The fields of a base block that anything here needs. `bytes` holds at least kHeader bytes.
struct BaseBlock {
    std::uint32_t first_sequence, second_sequence, major, minor, type, root, bins_size;
    std::uint64_t written;  ///< FILETIME; Windows 8.1 and later leave it as it was
    std::string file_name;
    bool checksum_ok;
};
[[nodiscard]] BaseBlock read_base_block(std::string_view bytes);
[[nodiscard]] bool is_base_block(std::string_view bytes);

/// Applies to the bins of a dirty hive what Windows would apply of its logs. Returns how many
/// entries (the old format: logs) were applied; `base` then says what the last one says.
std::size_t apply_logs(const std::vector<std::string>& logs, BaseBlock& base, std::string& bins);

}  // namespace guestprep::hive
