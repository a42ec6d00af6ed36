// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/run.h"

namespace guestprep {

/// What the system has given this process, as `run` wants it; all text is UTF-8 where the system
/// promises it. Its streams live as long as the program. To be called once.
[[nodiscard]] Surroundings surroundings_of_process(int argc, char** argv);

}  // namespace guestprep
