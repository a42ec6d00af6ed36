// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/registry_hive.h"

namespace guestprep::hive {

inline constexpr std::size_t kBaseBlock = 4096, kHeader = 512;

/// Little endian; the caller has made sure that the bytes are there.
[[nodiscard]] std::uint32_t u32(std::string_view bytes, std::size_t at);
[[nodiscard]] std::uint32_t u16(std::string_view bytes, std::size_t at);

/// The fields of a base block that anything here needs. `bytes` holds at least kHeader bytes.
struct BaseBlock {
    std::uint32_t first_sequence, second_sequence, major, minor, type, root, bins_size;
    std::string file_name;
    bool checksum_ok;
};
[[nodiscard]] BaseBlock read_base_block(std::string_view bytes);
[[nodiscard]] bool is_base_block(std::string_view bytes);

/// Applies what fits of the logs to the bins. Returns how many entries (the old format: logs) were
/// applied; `base` becomes that of the last one.
std::size_t apply_logs(const std::vector<std::string>& logs, BaseBlock& base, std::string& bins);

}  // namespace guestprep::hive
