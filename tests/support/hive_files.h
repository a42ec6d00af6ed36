// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "agent/formats/registry_hive.h"
#include "tests/support/fixtures.h"

namespace guestprep {

/// A fixture's hive, decompressed where it is stored so.
[[nodiscard]] std::string hive_bytes(const Fixture& fixture);

struct HiveCount {
    std::size_t keys = 0, values = 0, errors = 0;
};
/// Walks the whole hive, the root included, or that many keys.
[[nodiscard]] HiveCount count_hive(const RegistryHive& hive, std::size_t most_keys = 1'000'000);
/// Every value as a line "key, name, type, hex", with U+001F between.
[[nodiscard]] std::string hive_text(const RegistryHive& hive);

}  // namespace guestprep
