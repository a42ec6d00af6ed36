// SPDX-License-Identifier: Apache-2.0
#include "agent/this_process.h"

#include <iostream>

#include "platform/linux/this_process.h"

namespace guestprep {

Surroundings surroundings_of_process(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    return {.arguments = {argv + (argc > 0 ? 1 : 0), argv + argc},
            .environment = process_environment(),
            .output_is_terminal = output_is_terminal(),
            .out = std::cout,
            .err = std::cerr};
}

}  // namespace guestprep
