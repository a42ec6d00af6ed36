// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

#include "agent/formats/packet_filter.h"

namespace guestprep {

/// Judges every file in tests/fixtures/firewall/<folder>. The first line of each says what must
/// come out: "# expect nobody 7 ports 2222 interfaces eth0,ens5": who is admitted, the line that
/// is shown first, and what is asked; 22 and eth0 where it does not say.
void judge_firewall_cases(
    std::string_view folder,
    const std::function<PacketFilter(std::string_view path, std::string_view text)>& read);

}  // namespace guestprep
