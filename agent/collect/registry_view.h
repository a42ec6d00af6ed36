// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"
#include "agent/host/registry.h"

namespace guestprep {

/// The registry, read as facts. What is asked for by name is remembered by the reader it stands on;
/// see RememberingRegistry.
class RegistryView {
public:
    explicit RegistryView(const RegistryReader& registry) : registry_(registry) {}

    [[nodiscard]] Fact<std::string> text(std::string_view key, std::string_view name) const;
    [[nodiscard]] Fact<std::vector<std::string>> texts(std::string_view key,
                                                       std::string_view name) const;
    [[nodiscard]] Fact<std::uint64_t> number(std::string_view key, std::string_view name) const;
    /// A number, or a text that spells one.
    [[nodiscard]] Fact<std::uint64_t> loose_number(std::string_view key,
                                                   std::string_view name) const;
    [[nodiscard]] Fact<std::vector<std::string>> subkeys(std::string_view key) const;
    [[nodiscard]] Fact<std::vector<NamedRegistryValue>> values(std::string_view key) const;
    [[nodiscard]] Fact<RegistryValue> value(std::string_view key, std::string_view name) const;
    /// Whether the key is there; an error where that cannot be told.
    [[nodiscard]] Fact<bool> has_key(std::string_view key) const;

    // Details of a list, where an error is as good as nothing.
    [[nodiscard]] std::string text_or_empty(std::string_view key, std::string_view name) const;
    [[nodiscard]] std::optional<std::uint64_t> number_or_none(std::string_view key,
                                                              std::string_view name) const;

    [[nodiscard]] std::string trouble(std::string_view key) const { return registry_.trouble(key); }
    [[nodiscard]] std::string note(std::string_view key) const { return registry_.note(key); }

private:
    const RegistryReader& registry_;
};

}  // namespace guestprep
