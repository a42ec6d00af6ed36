// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>

#include "agent/core/change_set.h"
#include "agent/host/registry.h"

namespace guestprep {

/// The registry as it will be: another reader's with planned changes over it.
class OverlayRegistry final : public RegistryReader {
public:
    explicit OverlayRegistry(const RegistryReader& registry) : registry_(registry) {}

    /// Lays a change over the registry; a later one over an earlier one. Others are passed over.
    void lay(const Change& change);

    Result<RegistryValue> value(std::string_view key, std::string_view name) const override;
    Result<std::vector<std::string>> subkeys(std::string_view key) const override;
    Result<std::vector<NamedRegistryValue>> values(std::string_view key) const override;
    std::string trouble(std::string_view key) const override { return registry_.trouble(key); }

private:
    struct Entry {
        std::string name;
        std::optional<RegistryValue> value;
    };
    struct Key {
        std::string path;                      ///< as it was written
        std::map<std::string, Entry> entries;  ///< by folded name
    };
    const RegistryReader& registry_;
    std::map<std::string, Key> keys_;  ///< by folded path
};

}  // namespace guestprep
