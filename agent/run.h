// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <vector>

namespace guestprep {

/// Where a run reads its wishes from and writes to.
struct Surroundings {
    std::vector<std::string> arguments;  ///< without the program's name
    std::map<std::string, std::string> environment;
    bool output_is_terminal = false;
    std::ostream& out;
    std::ostream& err;
};

/// One run of the program, from the command line to the exit code:
/// 0 ready, 1 not ready, 2 undetermined, 3 wrong use.
[[nodiscard]] int run(const Surroundings& surroundings);

}  // namespace guestprep
