// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace guestprep {

/// Everything below a directory as text: names, kinds, owners, modes, times of files, links'
/// targets, content. Two trees are the same where their texts are. `without`: a directory below it
/// that is left out.
[[nodiscard]] std::string tree_of(const std::filesystem::path& root, std::string_view without);

}  // namespace guestprep
