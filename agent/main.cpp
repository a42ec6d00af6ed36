// SPDX-License-Identifier: Apache-2.0
#include <exception>
#include <iostream>

#include "agent/run.h"
#include "agent/this_process.h"

int main(int argc, char** argv) {
    try {
        return guestprep::run(guestprep::surroundings_of_process(argc, argv));
    } catch (const std::exception& error) {
        std::cerr << "guestprep: internal error: " << error.what() << "\n";
        return 3;
    }
}
