// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/nft_cursor.h"

namespace guestprep {

/// What of a packet an expression looks at. `fixed`: it is the same for every such packet, namely
/// one of the field's values. `never`: such packets have no such thing.
enum class NftSubject : std::uint8_t {
    source,
    destination,
    port,
    source_port,
    interface,
    state,
    mark,
    fixed,
    never,
    unknown
};

struct NftField {
    std::string_view words[2];
    NftSubject subject;
    std::string_view values[4] = {};
};

struct NftComparison {
    bool negated = false;
    bool below = false, above = false, equal = false;
};

/// "tcp dport", "iifname", ...; nothing where no expression begins.
[[nodiscard]] std::optional<NftField> read_nft_field(NftCursor& cursor);

/// "==", "!=", "<", ...; equality where there is no operator.
[[nodiscard]] NftComparison read_nft_comparison(NftCursor& cursor);

[[nodiscard]] bool is_nft_operator(std::string_view word);

/// Adds the condition that the field is one of the values.
void narrow(FilterRule& rule, const NftField& field, const std::vector<std::string>& values,
            const NftComparison& compared, bool packets_marked);

}  // namespace guestprep
