// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "agent/formats/registry_value.h"
#include "agent/host/registry.h"

namespace guestprep {

/// A registry in memory. Keys come into being with what is in them.
class MemoryRegistry final : public RegistryReader {
public:
    MemoryRegistry& set(std::string_view key, std::string_view name, const RegistryValue& value);
    MemoryRegistry& text(std::string_view key, std::string_view name, std::string_view text) {
        return set(key, name, registry_text(text));
    }
    MemoryRegistry& texts(std::string_view key, std::string_view name,
                          const std::vector<std::string>& texts) {
        return set(key, name, registry_texts(texts));
    }
    MemoryRegistry& number(std::string_view key, std::string_view name, std::uint32_t number) {
        return set(key, name, registry_dword(number));
    }
    MemoryRegistry& bytes(std::string_view key, std::string_view name, std::string bytes) {
        return set(key, name, {RegistryType::binary, std::move(bytes)});
    }
    MemoryRegistry& key(std::string_view key);
    MemoryRegistry& remove(std::string_view key, std::string_view name);
    /// Everything below this key fails with that error.
    MemoryRegistry& fails(std::string_view key, Errc code);
    MemoryRegistry& has_trouble(std::string text);

    /// Every key and value, a line each.
    [[nodiscard]] std::string as_text() const;
    /// Takes a key away that holds nothing; false where it does, or is not there.
    bool remove_empty(std::string_view key);

    Result<RegistryValue> value(std::string_view key, std::string_view name) const override;
    Result<std::vector<std::string>> subkeys(std::string_view key) const override;
    Result<std::vector<NamedRegistryValue>> values(std::string_view key) const override;
    std::string trouble(std::string_view key) const override;

private:
    struct Key {
        std::string name;  ///< its last component, as it was first written
        std::map<std::string, NamedRegistryValue> values;  ///< by lowercase name
    };
    [[nodiscard]] Result<const Key*> find(std::string_view key) const;
    std::map<std::string, Key> keys_;  ///< by lowercase path
    std::map<std::string, Errc> failing_;
    std::string trouble_;
};

/// Writes into one.
class MemoryRegistryWriter final : public RegistryWriter {
public:
    explicit MemoryRegistryWriter(MemoryRegistry& registry) : registry_(registry) {}
    Result<std::vector<std::string>> set(std::string_view key, std::string_view name,
                                         const RegistryValue& value) override;
    Result<void> remove_value(std::string_view key, std::string_view name) override;
    Result<void> remove_empty_key(std::string_view key) override;

private:
    MemoryRegistry& registry_;
};

}  // namespace guestprep
