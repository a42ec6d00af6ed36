// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <utility>

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

/// A text that is in memory already.
class TextSource final : public ByteSource {
public:
    explicit TextSource(std::string text) : text_(std::move(text)) {}
    Result<std::size_t> read(std::span<std::byte> buffer) override {
        const auto n = std::min(buffer.size(), text_.size() - at_);
        std::memcpy(buffer.data(), text_.data() + at_, n);
        at_ += n;
        return n;
    }

private:
    std::string text_;
    std::size_t at_ = 0;
};

}  // namespace guestprep
