// SPDX-License-Identifier: Apache-2.0
#include "agent/core/read_all.h"

#include <array>

namespace guestprep {

Result<std::string> read_all(ByteSource& source, std::string_view name, std::size_t most) {
    std::string text;
    std::array<std::byte, 16384> buffer;
    for (;;) {
        const auto n = source.read(buffer);
        if (!n) return std::unexpected(n.error());
        if (*n == 0) return text;
        if (text.size() + *n > most)
            return failure(Errc::too_large,
                           std::string(name) + ": larger than " + std::to_string(most) + " bytes");
        text.append(reinterpret_cast<const char*>(buffer.data()), *n);
    }
}

}  // namespace guestprep
