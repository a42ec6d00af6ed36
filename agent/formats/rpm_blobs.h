// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "agent/core/result.h"

/// What the readers of rpm's three databases share: each finds the packages' headers.
namespace guestprep {

/// Called with one header; what it says of an error ends the reading.
using TakeBlob = std::function<Result<void>(std::string_view blob)>;

[[nodiscard]] Result<void> read_bdb_hash(std::string_view bytes, const TakeBlob& take);
[[nodiscard]] Result<void> read_ndb(std::string_view bytes, const TakeBlob& take);
[[nodiscard]] Result<void> read_sqlite_packages(std::string_view bytes, const TakeBlob& take);

/// A number of `size` bytes, the lowest first; 0 beyond the end.
[[nodiscard]] inline std::uint64_t little_endian(std::string_view bytes, std::uint64_t at,
                                                 std::size_t size) {
    if (at > bytes.size() || bytes.size() - at < size) return 0;
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;)
        value = (value << 8U) | static_cast<unsigned char>(bytes[static_cast<std::size_t>(at) + i]);
    return value;
}
/// The same with the highest byte first.
[[nodiscard]] inline std::uint64_t big_endian(std::string_view bytes, std::uint64_t at,
                                              std::size_t size) {
    if (at > bytes.size() || bytes.size() - at < size) return 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value = (value << 8U) | static_cast<unsigned char>(bytes[static_cast<std::size_t>(at) + i]);
    return value;
}

/// `length` bytes from `at`; empty where they are not all there.
[[nodiscard]] inline std::string_view bytes_at(std::string_view bytes, std::uint64_t at,
                                               std::uint64_t length) {
    if (at > bytes.size() || length > bytes.size() - at) return {};
    return bytes.substr(static_cast<std::size_t>(at), static_cast<std::size_t>(length));
}

}  // namespace guestprep
