// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "agent/core/byte_source.h"

namespace guestprep {

/// All that is left of a source. Error too_large after `most` bytes: a file of /proc says that it
/// is empty, and only reading tells. `name` is for the error.
[[nodiscard]] Result<std::string> read_all(ByteSource& source, std::string_view name,
                                           std::size_t most);

}  // namespace guestprep
