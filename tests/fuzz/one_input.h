// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "tests/fuzz/sample_guest.h"

namespace guestprep {

/// One guest from one input: its first byte chooses a file of the sample, the rest is put into it.
/// The guest is collected, judged, reported and planned for. Ends the process where something is
/// wrong that no sanitizer sees.
void take_one_input(const std::vector<SampleFile>& files, std::string_view input);

}  // namespace guestprep
