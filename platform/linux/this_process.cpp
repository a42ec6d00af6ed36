// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/this_process.h"

#include <unistd.h>

#include <string_view>

extern char** environ;

namespace guestprep {

std::map<std::string, std::string> process_environment() {
    std::map<std::string, std::string> environment;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const auto equals = text.find('=');
        if (equals != std::string_view::npos)
            environment.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return environment;
}

bool output_is_terminal() { return ::isatty(STDOUT_FILENO) == 1; }

}  // namespace guestprep
