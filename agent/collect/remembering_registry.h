// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/facts/facts.h"
#include "agent/host/registry.h"

namespace guestprep {

/// Keeps each value that is asked for by name, also that it is not there: what a fixer must know
/// of a value before it may change it. Both references outlive this.
class RememberingRegistry final : public RegistryReader {
public:
    RememberingRegistry(const RegistryReader& registry, RegistrySources& sources)
        : registry_(registry), sources_(sources) {}

    Result<RegistryValue> value(std::string_view key, std::string_view name) const override {
        auto value = registry_.value(key, name);
        const auto place = std::pair(std::string(key), std::string(name));
        if (value)
            sources_[place] = *value;
        else if (value.error().code == Errc::not_found)
            sources_[place] = std::nullopt;
        return value;
    }
    Result<std::vector<std::string>> subkeys(std::string_view key) const override {
        return registry_.subkeys(key);
    }
    Result<std::vector<NamedRegistryValue>> values(std::string_view key) const override {
        return registry_.values(key);
    }
    std::string trouble(std::string_view key) const override { return registry_.trouble(key); }
    std::string note(std::string_view key) const override { return registry_.note(key); }

private:
    const RegistryReader& registry_;
    RegistrySources& sources_;
};

}  // namespace guestprep
