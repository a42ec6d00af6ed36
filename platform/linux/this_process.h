// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

namespace guestprep {

[[nodiscard]] std::map<std::string, std::string> process_environment();
[[nodiscard]] bool output_is_terminal();

}  // namespace guestprep
