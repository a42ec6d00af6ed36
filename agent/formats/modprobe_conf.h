// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// One command of modprobe.d(5): "blacklist nvme", "install ena /bin/false".
struct ModprobeLine {
    std::string command;
    std::string module;  ///< "_" for "-"; the alias of an "alias" line, as written
    std::string rest;    ///< what follows, blanks cut at both ends
    std::size_t line = 0;
};

[[nodiscard]] std::vector<ModprobeLine> parse_modprobe_conf(std::string_view text);

/// The names of modules are the same with "-" and "_".
[[nodiscard]] std::string with_underscores(std::string_view module);

}  // namespace guestprep
