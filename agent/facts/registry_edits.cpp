// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/registry_edits.h"

#include "agent/facts/windows_keys.h"
#include "agent/formats/registry_value.h"

namespace guestprep {

void RegistryEdits::change(std::string_view key, std::string_view name,
                           std::optional<RegistryValue> after) {
    const auto known = facts_.registry_sources.find({std::string(key), std::string(name)});
    if (known == facts_.registry_sources.end()) {
        if (unread_.empty()) unread_ = value_at(key, name) + ": what it is now is not known";
        return;
    }
    if (known->second == after) return;
    set_.changes.emplace_back(RegistryEdit{.key = std::string(key),
                                           .name = std::string(name),
                                           .before = known->second,
                                           .after = std::move(after)});
}

void RegistryEdits::set(std::string_view key, std::string_view name, const RegistryValue& wanted) {
    change(key, name, wanted);
}

void RegistryEdits::remove(std::string_view key, std::string_view name) {
    change(key, name, std::nullopt);
}

void RegistryEdits::remove_secret(std::string_view key, std::string_view name) {
    set_.changes.emplace_back(RegistryEdit{.key = std::string(key),
                                           .name = std::string(name),
                                           .before = std::nullopt,
                                           .after = std::nullopt,
                                           .secret = true});
}

void RegistryEdits::start(std::string_view service, std::uint32_t start) {
    set(below(keys::kServices, service), "Start", registry_dword(start));
}

Result<ChangeSet> RegistryEdits::take() {
    if (!unread_.empty()) return failure(Errc::unsupported, unread_);
    return std::move(set_);
}

}  // namespace guestprep
