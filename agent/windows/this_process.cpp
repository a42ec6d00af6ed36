// SPDX-License-Identifier: Apache-2.0
#include "agent/this_process.h"

#include <ostream>

#include "platform/windows/this_process.h"

namespace guestprep {

Surroundings surroundings_of_process(int, char**) {
    refuse_system_dialogs();
    static StandardStream output(StandardStream::Which::output);
    static StandardStream error(StandardStream::Which::error);
    static std::ostream out(&output);
    static std::ostream err(&error);
    err.setf(std::ios::unitbuf);
    return {.arguments = process_arguments(),
            .environment = process_environment(),
            .output_is_terminal = output.shows_colours(),
            .out = out,
            .err = err};
}

}  // namespace guestprep
