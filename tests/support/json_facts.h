// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace guestprep {

/// Values as the fixtures' expected.json writes them: null for what a file does not say.
inline nlohmann::json json_of(const std::optional<std::string>& value) {
    return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}
template <class T>
nlohmann::json json_of(const std::vector<T>& values) {
    auto out = nlohmann::json::array();
    for (const auto& value : values) out.push_back(value);
    return out;
}

}  // namespace guestprep
