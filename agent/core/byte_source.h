// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include "agent/core/result.h"

namespace guestprep {

/// A stream of bytes that can be read once, front to back: an initramfs of 100 MB is judged
/// without holding it.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Fills the front of `buffer`; returns how many bytes, 0 at the end.
    virtual Result<std::size_t> read(std::span<std::byte> buffer) = 0;
};

}  // namespace guestprep
