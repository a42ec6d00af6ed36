// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/registry_view.h"

#include "agent/formats/registry_value.h"

namespace guestprep {
namespace {

/// Reads a value as something; what is wrong with it names the value.
template <class Read>
auto read_as(const RegistryReader& registry, std::string_view key, std::string_view name, Read read)
    -> Fact<typename decltype(read(RegistryValue{}))::value_type> {
    const auto value = registry.value(key, name);
    if (!value) return std::unexpected(value.error());
    auto result = read(*value);
    if (!result)
        return std::unexpected(Error(result.error()).within(std::string(name)).within(key));
    return result;
}

}  // namespace

Fact<std::string> RegistryView::text(std::string_view key, std::string_view name) const {
    return read_as(registry_, key, name, text_of);
}

Fact<std::vector<std::string>> RegistryView::texts(std::string_view key,
                                                   std::string_view name) const {
    return read_as(registry_, key, name, texts_of);
}

Fact<std::uint64_t> RegistryView::number(std::string_view key, std::string_view name) const {
    return read_as(registry_, key, name, number_of);
}

Fact<std::uint64_t> RegistryView::loose_number(std::string_view key, std::string_view name) const {
    return read_as(registry_, key, name, number_or_text_of);
}

Fact<std::vector<std::string>> RegistryView::subkeys(std::string_view key) const {
    return registry_.subkeys(key);
}

Fact<std::vector<NamedRegistryValue>> RegistryView::values(std::string_view key) const {
    return registry_.values(key);
}

Fact<RegistryValue> RegistryView::value(std::string_view key, std::string_view name) const {
    return registry_.value(key, name);
}

Fact<bool> RegistryView::has_key(std::string_view key) const {
    const auto values = registry_.values(key);
    if (values) return true;
    if (values.error().code == Errc::not_found) return false;
    return std::unexpected(values.error());
}

std::string RegistryView::text_or_empty(std::string_view key, std::string_view name) const {
    return text(key, name).value_or("");
}

std::optional<std::uint64_t> RegistryView::number_or_none(std::string_view key,
                                                          std::string_view name) const {
    const auto found = number(key, name);
    return found ? std::optional(*found) : std::nullopt;
}

}  // namespace guestprep
