// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

namespace guestprep {

/// Every path below `directory` ("/dev") that is a block device or a link to one, by "8:1". Only
/// looks at names; nothing is opened.
[[nodiscard]] std::map<std::string, std::vector<std::string>> device_names(
    const std::string& directory);

}  // namespace guestprep
