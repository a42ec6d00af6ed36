// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "agent/core/byte_source.h"
#include "agent/core/result.h"

namespace guestprep {

/// A ByteSource that can be looked into before it is taken from, and knows how far it has come.
class InputBuffer {
public:
    explicit InputBuffer(ByteSource& source);

    /// What can be had at once: at least `least` bytes (up to 64 KiB), fewer only at the end.
    Result<std::span<const std::byte>> peek(std::size_t least = 1);
    void consume(std::size_t count) { begin_ += count; }
    [[nodiscard]] std::uint64_t offset() const { return offset_ - (end_ - begin_); }

private:
    ByteSource& source_;
    std::vector<std::byte> buffer_;
    std::size_t begin_ = 0, end_ = 0;
    std::uint64_t offset_ = 0;  ///< bytes read from the source
    bool at_end_ = false;
};

enum class Compression : std::uint8_t { none, gzip, bzip2, lzma, xz, zstd, lz4, lz4_legacy, lzo };
[[nodiscard]] std::string_view compression_name(Compression kind);

/// By the first bytes, as the kernel does it; `none` for what is not known.
[[nodiscard]] Compression detect_compression(std::span<const std::byte> head);

/// One compressed stream, unpacked piece by piece. It ends where the stream ends, which need not be
/// where the input ends.
class Decompressor {
public:
    virtual ~Decompressor() = default;
    /// Fills the front of `out`; 0 at the end of the stream. Errors: bad_syntax for damaged or
    /// truncated data, with the place in the input; unsupported for windows too large.
    virtual Result<std::size_t> read(std::span<std::byte> out) = 0;
};

/// Needs memory for the window that the stream asks for, 128 MiB at most.
[[nodiscard]] Result<std::unique_ptr<Decompressor>> open_decompressor(Compression kind,
                                                                      InputBuffer& input);

}  // namespace guestprep
