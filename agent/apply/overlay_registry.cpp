// SPDX-License-Identifier: Apache-2.0
#include "agent/apply/overlay_registry.h"

#include <algorithm>

#include "agent/formats/registry_name.h"

namespace guestprep {

void OverlayRegistry::lay(const Change& change) {
    const auto* edit = std::get_if<RegistryEdit>(&change);
    if (edit == nullptr) return;
    auto& key = keys_[folded_name(edit->key)];
    key.path = edit->key;
    key.entries[folded_name(edit->name)] = {edit->name, edit->after};
}

Result<RegistryValue> OverlayRegistry::value(std::string_view key, std::string_view name) const {
    const auto laid = keys_.find(folded_name(key));
    if (laid != keys_.end()) {
        const auto entry = laid->second.entries.find(folded_name(name));
        if (entry != laid->second.entries.end()) {
            if (entry->second.value) return *entry->second.value;
            return failure(Errc::not_found,
                           std::string(key) + ", " + std::string(name) + ": will be removed");
        }
    }
    return registry_.value(key, name);
}

Result<std::vector<std::string>> OverlayRegistry::subkeys(std::string_view key) const {
    auto names = registry_.subkeys(key);
    const auto prefix = folded_name(key) + "\\";
    for (const auto& [folded, laid] : keys_) {
        if (!folded.starts_with(prefix)) continue;
        // A new value brings the keys on its way.
        const auto rest = std::string_view(laid.path).substr(prefix.size());
        const auto name = std::string(rest.substr(0, rest.find('\\')));
        if (!names && names.error().code == Errc::not_found) names = std::vector<std::string>{};
        if (!names) return names;
        const bool is_known = std::ranges::any_of(*names, [&](const std::string& known) {
            return folded_name(known) == folded_name(name);
        });
        if (!is_known) names->push_back(name);
    }
    return names;
}

Result<std::vector<NamedRegistryValue>> OverlayRegistry::values(std::string_view key) const {
    auto values = registry_.values(key);
    const auto laid = keys_.find(folded_name(key));
    if (laid == keys_.end()) return values;
    if (!values && values.error().code == Errc::not_found)
        values = std::vector<NamedRegistryValue>{};
    if (!values) return values;
    for (const auto& [folded, entry] : laid->second.entries) {
        std::erase_if(*values, [&](const NamedRegistryValue& value) {
            return folded_name(value.name) == folded;
        });
        if (entry.value) values->push_back({entry.name, *entry.value});
    }
    return values;
}

}  // namespace guestprep
