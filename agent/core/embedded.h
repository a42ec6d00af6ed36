// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace guestprep {

/// A text file of the source tree that was compiled in, by its path there. Empty for no such file.
[[nodiscard]] std::string_view embedded_file(std::string_view name);

}  // namespace guestprep
