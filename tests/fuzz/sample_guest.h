// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace guestprep {

struct SampleFile {
    std::string path, text;
};

/// Files of several distributions at once, small, so that every parser of configuration has
/// something to stumble over; and two hives of a Windows, under /Windows/System32/config.
[[nodiscard]] std::vector<SampleFile> sample_guest();

}  // namespace guestprep
