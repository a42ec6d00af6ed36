// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "agent/formats/nft_cursor.h"

namespace guestprep {

/// Matches with a grammar of their own that are the same for every packet we ask about: "tcp flags
/// ...", "fib ...", "ct count ...". Nothing where none of them stands at the cursor.
[[nodiscard]] std::optional<Truth> read_nft_fixed_match(NftCursor& cursor);

}  // namespace guestprep
