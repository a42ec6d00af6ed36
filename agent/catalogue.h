// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/core/check.h"

namespace guestprep {

/// One line of `guestprep list`: a check, or something that only the operator can do.
struct CatalogueEntry {
    Check check;  ///< `evaluate` is empty for a manual item; its remedy is what to do
    /// Manual items: the distributions that it concerns (Distribution::id); empty for all.
    std::vector<std::string> distributions;

    [[nodiscard]] bool is_manual() const { return check.evaluate == nullptr; }
    [[nodiscard]] bool concerns(Platform platform) const {
        return check.platform == Platform::any || check.platform == platform;
    }
};

/// The compiled checks, then the manual items of checks/manual_items.json. In report order.
[[nodiscard]] const std::vector<CatalogueEntry>& catalogue();

/// The entry called `id` or covering it; nothing where there is none.
[[nodiscard]] const CatalogueEntry* find_entry(std::string_view id);

/// IDs, and the IDs that they cover, near to a misspelt one; the best first.
[[nodiscard]] std::vector<std::string> similar_ids(std::string_view id);

}  // namespace guestprep
