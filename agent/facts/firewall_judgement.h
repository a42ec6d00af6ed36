// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "agent/core/finding.h"
#include "agent/facts/ssh_question.h"
#include "agent/formats/packet_filter.h"

namespace guestprep {

/// Whether rules let the question's connection in, from anywhere. `name` is whose rules they are.
/// Variants: "source-limited" and "interface-bound"; nobody, and old networks alone, have none.
[[nodiscard]] Finding judge_packet_filter(const std::string& name, const PacketFilter& rules,
                                          const SshQuestion& question);

}  // namespace guestprep
