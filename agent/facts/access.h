// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/core/result.h"

namespace guestprep {

struct AccessFacts {
    static void fields(auto& /*self*/, auto&& /*visit*/) {}
};

}  // namespace guestprep
