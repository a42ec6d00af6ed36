// SPDX-License-Identifier: Apache-2.0
#include "agent/profiles.h"

#include <algorithm>
#include <array>
#include <map>

#include "agent/catalogue.h"
#include "agent/core/embedded.h"
#include "agent/core/text.h"
#include "agent/facts/json_fields.h"

namespace guestprep {
namespace {

using json_fields::Json;

constexpr std::string_view kSchema = "guestprep-profile/1";
constexpr std::array<std::string_view, 2> kBuiltIn = {"vmie-2018", "vmie-2026"};

Error no_such_check(std::string_view id) {
    std::string message = "unknown check \"" + std::string(id) + "\"";
    if (const auto similar = similar_ids(id); !similar.empty())
        message += "; did you mean \"" + similar.front() + "\"?";
    return {Errc::bad_syntax, message};
}

Result<void> check_rule(const SeverityRule& rule) {
    const auto* entry = find_entry(rule.check);
    if (entry == nullptr || entry->check.id != rule.check)
        return std::unexpected(no_such_check(rule.check));
    const auto& variants = entry->check.variants;
    if (!rule.variant.empty() &&
        std::ranges::find(variants, rule.variant, &Variant::name) == variants.end())
        return failure(Errc::bad_syntax,
                       "check \"" + rule.check + "\" has no variant \"" + rule.variant + "\"");
    const auto one_of = [](std::string_view word, const auto& names) {
        return word.empty() || std::ranges::find(names, word) != names.end();
    };
    if (!one_of(rule.route, enum_names(Route{})))
        return failure(Errc::bad_syntax, "unknown route \"" + rule.route + "\"");
    if (!one_of(rule.target, enum_names(Target{})))
        return failure(Errc::bad_syntax, "unknown target \"" + rule.target + "\"");
    return {};
}

Result<void> check_profile(const Profile& profile) {
    if (profile.schema != kSchema)
        return failure(Errc::bad_syntax, "schema: \"" + std::string(kSchema) + "\" is expected");
    if (profile.name.empty()) return failure(Errc::bad_syntax, "name: missing");
    for (std::size_t i = 0; i < profile.severities.size(); ++i)
        if (auto fine = check_rule(profile.severities[i]); !fine)
            return std::unexpected(
                std::move(fine.error()).within("severities: [" + std::to_string(i) + "]"));
    for (const auto& [id, text] : profile.manual_texts)
        if (const auto* entry = find_entry(id); entry == nullptr || !entry->is_manual())
            return std::unexpected(no_such_check(id).within("manual_texts"));
    return {};
}

Result<Profile> read_profile(std::string_view text, bool may_extend) {
    const auto json = Json::parse(text);
    Profile profile;
    if (json.is_object() && json.contains("extends") && json["extends"].is_string() &&
        !json["extends"].get<std::string>().empty()) {
        if (!may_extend) return failure(Errc::bad_syntax, "extends: not in a built-in profile");
        auto base = built_in_profile(json["extends"].get<std::string>());
        if (!base) return std::unexpected(std::move(base.error()).within("extends"));
        profile = std::move(*base);
        // The rules of the new profile come after those it builds on: the last one that fits wins.
        auto rules = std::move(profile.severities);
        json_fields::from_json<json_fields::Reading::written>(json, profile);
        if (json.contains("severities"))
            rules.insert(rules.end(), profile.severities.begin(), profile.severities.end());
        profile.severities = std::move(rules);
    } else {
        json_fields::from_json<json_fields::Reading::written>(json, profile);
    }
    if (auto fine = check_profile(profile); !fine) return std::unexpected(std::move(fine.error()));
    return profile;
}

}  // namespace

std::span<const std::string_view> built_in_profiles() { return kBuiltIn; }

namespace {

Result<Profile> read_built_in(std::string_view name) {
    const auto text = embedded_file("checks/profiles/" + std::string(name) + ".json");
    if (text.empty())
        return failure(Errc::not_found, "no profile \"" + std::string(name) +
                                            "\"; there are vmie-2018 and vmie-2026");
    try {
        return read_profile(text, false);
    } catch (const std::exception& error) {
        return failure(Errc::bad_syntax, error.what());
    }
}

}  // namespace

Result<Profile> built_in_profile(std::string_view name) {
    // Every run judges all of them, some more than once.
    static std::map<std::string, Result<Profile>, std::less<>> read;
    const auto known = read.find(name);
    if (known != read.end()) return known->second;
    return read.emplace(name, read_built_in(name)).first->second;
}

Result<Profile> parse_profile(std::string_view text) {
    try {
        return read_profile(text, true);
    } catch (const std::exception& error) {
        return failure(Errc::bad_syntax, shown(error.what(), 300));
    }
}

}  // namespace guestprep
