// SPDX-License-Identifier: Apache-2.0
#include "tests/support/memory_registry.h"

#include "agent/core/text.h"

namespace guestprep {

MemoryRegistry& MemoryRegistry::key(std::string_view key) {
    for (std::size_t end = 0; end != std::string_view::npos;) {
        end = key.find('\\', end == 0 ? 0 : end + 1);
        const auto path = key.substr(0, end);
        const auto name = path.substr(path.rfind('\\') + 1);
        keys_.try_emplace(lowercase(path), Key{std::string(name), {}});
    }
    return *this;
}

MemoryRegistry& MemoryRegistry::set(std::string_view path, std::string_view name,
                                    const RegistryValue& value) {
    key(path);
    keys_[lowercase(path)].values[lowercase(name)] = {std::string(name), value};
    return *this;
}

MemoryRegistry& MemoryRegistry::remove(std::string_view key, std::string_view name) {
    if (const auto found = keys_.find(lowercase(key)); found != keys_.end())
        found->second.values.erase(lowercase(name));
    return *this;
}

MemoryRegistry& MemoryRegistry::fails(std::string_view key, Errc code) {
    failing_[lowercase(key)] = code;
    return *this;
}

MemoryRegistry& MemoryRegistry::has_trouble(std::string text) {
    trouble_ = std::move(text);
    return *this;
}

Result<const MemoryRegistry::Key*> MemoryRegistry::find(std::string_view key) const {
    const auto path = lowercase(key);
    for (const auto& [prefix, code] : failing_)
        if (path == prefix || path.starts_with(prefix + "\\"))
            return failure(code, std::string(key) + ": it was said to fail");
    const auto found = keys_.find(path);
    if (found == keys_.end()) return failure(Errc::not_found, std::string(key) + ": no such key");
    return &found->second;
}

Result<RegistryValue> MemoryRegistry::value(std::string_view key, std::string_view name) const {
    const auto found = find(key);
    if (!found) return std::unexpected(found.error());
    const auto value = (*found)->values.find(lowercase(name));
    if (value == (*found)->values.end())
        return failure(Errc::not_found,
                       std::string(key) + ", " + std::string(name) + ": no such value");
    return value->second.value;
}

Result<std::vector<std::string>> MemoryRegistry::subkeys(std::string_view key) const {
    if (const auto found = find(key); !found) return std::unexpected(found.error());
    const auto prefix = lowercase(key) + "\\";
    std::vector<std::string> names;
    for (auto at = keys_.lower_bound(prefix); at != keys_.end() && at->first.starts_with(prefix);
         ++at)
        if (!contains(at->first.substr(prefix.size()), "\\")) names.push_back(at->second.name);
    return names;
}

Result<std::vector<NamedRegistryValue>> MemoryRegistry::values(std::string_view key) const {
    const auto found = find(key);
    if (!found) return std::unexpected(found.error());
    std::vector<NamedRegistryValue> values;
    for (const auto& [name, value] : (*found)->values) values.push_back(value);
    return values;
}

std::string MemoryRegistry::trouble(std::string_view) const { return trouble_; }

std::string MemoryRegistry::as_text() const {
    std::string text;
    for (const auto& [path, key] : keys_) {
        text += path + "\n";
        for (const auto& [folded, value] : key.values)
            text += "  " + value.name + " = " + type_name(value.value.type) + " " +
                    shown_value(value.value) + "\n";
    }
    return text;
}

bool MemoryRegistry::remove_empty(std::string_view key) {
    const auto path = lowercase(key);
    const auto found = keys_.find(path);
    if (found == keys_.end() || !found->second.values.empty()) return false;
    const auto next = std::next(found);
    if (next != keys_.end() && next->first.starts_with(path + "\\")) return false;
    keys_.erase(found);
    return true;
}

Result<std::vector<std::string>> MemoryRegistryWriter::set(std::string_view key,
                                                           std::string_view name,
                                                           const RegistryValue& value) {
    registry_.set(key, name, value);
    return std::vector<std::string>{};
}

Result<void> MemoryRegistryWriter::remove_value(std::string_view key, std::string_view name) {
    registry_.remove(key, name);
    return {};
}

Result<void> MemoryRegistryWriter::remove_empty_key(std::string_view key) {
    if (!registry_.remove_empty(key))
        return failure(Errc::host_changed, std::string(key) + ": is not empty");
    return {};
}

}  // namespace guestprep
