// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace guestprep {

/// A file of the machine that runs the program, as the command line names it: on Windows that is
/// UTF-8 and its files have wider names, elsewhere the bytes are the name.
[[nodiscard]] inline std::filesystem::path own_path(const std::string& text) {
    return {std::u8string(text.begin(), text.end())};
}

}  // namespace guestprep
