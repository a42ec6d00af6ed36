// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/collect.h"

namespace guestprep {

void collect_network(const Host& /*host*/, Facts& /*facts*/) {}

}  // namespace guestprep
