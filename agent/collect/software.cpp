// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/collect.h"

namespace guestprep {

void collect_software(const Host& /*host*/, Facts& /*facts*/) {}

}  // namespace guestprep
