// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <exception>
#include <iostream>

#include "agent/run.h"

extern char** environ;

int main(int argc, char** argv) {
    try {
        std::ios::sync_with_stdio(false);
        guestprep::Surroundings around{.arguments = {argv + (argc > 0 ? 1 : 0), argv + argc},
                                       .environment = {},
                                       .output_is_terminal = ::isatty(STDOUT_FILENO) == 1,
                                       .out = std::cout,
                                       .err = std::cerr};
        for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
            const std::string_view text(*entry);
            const auto equals = text.find('=');
            if (equals != std::string_view::npos)
                around.environment.emplace(text.substr(0, equals), text.substr(equals + 1));
        }
        return guestprep::run(around);
    } catch (const std::exception& error) {
        std::cerr << "guestprep: internal error: " << error.what() << "\n";
        return 3;
    }
}
