// SPDX-License-Identifier: Apache-2.0
//
// What nearly every file includes of the standard library: read once per library instead of once
// per file, it halves the time of a build. Files still include what they use; the asan preset
// builds without this header, so that a missing #include shows.
#include <algorithm>
#include <array>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>
