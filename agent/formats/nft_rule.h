// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agent/formats/nft_ruleset.h"

namespace guestprep {

/// The meaning of a rule for the first packet of a new TCP connection over IPv4, as rules of which
/// the first that applies counts: a verdict map becomes one for each of its elements. Targets of
/// jumps are chains of `table`, as "family table chain".
[[nodiscard]] std::vector<FilterRule> read_nft_rule(const NftStatement& rule, const NftTable& table,
                                                    bool packets_marked);

}  // namespace guestprep
