// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/network.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {

bool CloudInit::knows_ec2() const {
    if (ds_identify.is_set()) return false;
    return datasources.empty() || std::ranges::any_of(datasources, [](const std::string& name) {
               return equal_ignoring_case(name, "Ec2");
           });
}

}  // namespace guestprep
