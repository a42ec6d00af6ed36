// SPDX-License-Identifier: Apache-2.0
#include "agent/apply/registry_steps.h"

#include <algorithm>

#include "agent/formats/registry_value.h"

namespace guestprep {
namespace {

/// A value as it is now; nothing where it is not set.
Result<std::optional<RegistryValue>> value_now(const RegistryReader& registry,
                                               const std::string& key, const std::string& name) {
    auto value = registry.value(key, name);
    if (value) return std::optional(std::move(*value));
    if (value.error().code == Errc::not_found) return std::optional<RegistryValue>();
    return std::unexpected(value.error());
}

std::string words_for(const std::optional<RegistryValue>& value) {
    return value ? shown_value(*value) : "not set";
}

/// The keys on the way to `key` that are not there, the outermost first.
std::vector<std::string> missing_keys(const RegistryReader& registry, std::string key) {
    std::vector<std::string> missing;
    while (!key.empty()) {
        const auto values = registry.values(key);
        if (values || values.error().code != Errc::not_found) break;
        missing.insert(missing.begin(), key);
        key.resize(std::min(key.rfind('\\'), key.size()));
    }
    return missing;
}

Result<void> write_value(const TouchedValue& value, const std::optional<RegistryValue>& wanted,
                         Workshop& shop) {
    if (!wanted) return shop.registry_writer->remove_value(value.key, value.name);
    if (auto set = shop.registry_writer->set(value.key, value.name, *wanted); !set)
        return std::unexpected(set.error());
    return {};
}

}  // namespace

Result<TouchedValue> touched_by(const RegistryEdit& edit, const std::vector<Step>& earlier,
                                const Workshop& shop) {
    if (shop.registry == nullptr || shop.registry_writer == nullptr)
        return failure(Errc::unsupported, edit.key + ": there is no registry here");
    TouchedValue touched{.key = edit.key, .name = edit.name, .after = edit.after};
    touched.secret = edit.secret;
    if (edit.secret) return touched;
    auto now = value_now(*shop.registry, edit.key, edit.name);
    if (!now) return std::unexpected(now.error());
    for (const auto& step : earlier)
        for (const auto& value : step.values)
            if (value.key == edit.key && value.name == edit.name) now = value.after;
    if (*now != edit.before)
        return failure(Errc::host_changed, edit.key + ", " + edit.name +
                                               ": is not what was looked at (" + words_for(*now) +
                                               " now, " + words_for(edit.before) +
                                               " then); nothing was touched");
    touched.before = std::move(*now);
    if (touched.after) touched.made_keys = missing_keys(*shop.registry, edit.key);
    return touched;
}

Result<void> change_value(const TouchedValue& value, Workshop& shop) {
    if (auto written = write_value(value, value.after, shop); !written) return written;
    const auto now = value_now(*shop.registry, value.key, value.name);
    if (!now) return std::unexpected(now.error());
    if (*now != value.after)
        return failure(Errc::io, value.key + ", " + value.name + ": is " + words_for(*now) +
                                     " after the change, not what was written");
    return {};
}

Result<void> put_back(const TouchedValue& value, Workshop& shop) {
    if (value.secret) return {};
    if (shop.registry == nullptr || shop.registry_writer == nullptr)
        return failure(Errc::unsupported, value.key + ": there is no registry here");
    const auto now = value_now(*shop.registry, value.key, value.name);
    if (!now) return std::unexpected(now.error());
    if (*now != value.before)
        if (auto written = write_value(value, value.before, shop); !written) return written;
    // One that somebody has put something into meanwhile stays.
    for (auto key = value.made_keys.rbegin(); key != value.made_keys.rend(); ++key)
        (void)shop.registry_writer->remove_empty_key(*key);
    return {};
}

Result<void> can_put_back(const TouchedValue& value, const Run& run, const Workshop& shop,
                          ComingValues& coming) {
    if (value.secret) return {};
    if (shop.registry == nullptr)
        return failure(Errc::unsupported, value.key + ": there is no registry here");
    const std::pair place(value.key, value.name);
    if (!coming.contains(place)) {
        auto now = value_now(*shop.registry, value.key, value.name);
        if (!now) return std::unexpected(now.error());
        coming.emplace(place, std::move(*now));
    }
    auto& now = coming.at(place);
    if (now != value.after && now != value.before)
        return failure(Errc::host_changed,
                       value.key + ", " + value.name + ": was changed since (" + words_for(now) +
                           " now, " + words_for(value.after) + " after run " + run.id +
                           "); nothing was touched. It was " + words_for(value.before) + " before");
    now = value.before;
    return {};
}

}  // namespace guestprep
