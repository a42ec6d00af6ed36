// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// Name servers of /etc/resolv.conf, in order.
[[nodiscard]] std::vector<std::string> nameservers_of(std::string_view resolv_conf);

}  // namespace guestprep
