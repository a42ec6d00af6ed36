// SPDX-License-Identifier: Apache-2.0
#pragma once

// Writes and reads any struct that names its members in `fields` as JSON. Slow to compile: only the
// .cpp files that turn a document into text include it.

#include <algorithm>
#include <concepts>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "agent/core/result.h"
#include "agent/core/text.h"

namespace guestprep::json_fields {

using Json = nlohmann::ordered_json;

inline constexpr std::string_view kErrorNames[] = {
    "not_collected", "not_found",   "access_denied",  "wrong_type", "too_large",   "io",
    "bad_syntax",    "unsupported", "command_failed", "timed_out",  "host_changed"};

template <class T>
concept Described = requires(T& value) { T::fields(value, [](const char*, auto&) {}); };
template <class T>
concept NamedEnum = std::is_enum_v<T> && requires(T value) { enum_names(value); };

// Declared first: each may hold any of the others.
template <class T>
Json to_json(const T& value);
template <class T>
Json to_json(const Fact<T>& fact);
template <class T>
Json to_json(const std::vector<T>& values);
template <class T>
Json to_json(const std::optional<T>& value);
template <class T>
Json to_json(const std::map<std::string, T>& values);

template <class T>
Json to_json(const Fact<T>& fact) {
    if (fact) return Json{{"value", to_json(*fact)}};
    return Json{{"error", kErrorNames[static_cast<std::size_t>(fact.error().code)]},
                {"message", to_utf8(fact.error().message)}};
}
template <class T>
Json to_json(const std::vector<T>& values) {
    auto out = Json::array();
    for (const auto& value : values) out.push_back(to_json(value));
    return out;
}
template <class T>
Json to_json(const std::optional<T>& value) {
    return value ? to_json(*value) : Json(nullptr);
}
template <class T>
Json to_json(const std::map<std::string, T>& values) {
    auto out = Json::object();
    for (const auto& [key, value] : values) out[to_utf8(key)] = to_json(value);
    return out;
}
template <class T>
Json to_json(const T& value) {
    if constexpr (std::same_as<T, std::string>) {
        return to_utf8(value);
    } else if constexpr (NamedEnum<T>) {
        return enum_names(value)[static_cast<std::size_t>(value)];
    } else if constexpr (Described<const T>) {
        auto out = Json::object();
        T::fields(value,
                  [&](const char* name, const auto& member) { out[name] = to_json(member); });
        return out;
    } else {
        return value;
    }
}

/// What a document promises. `saved` by this program: every member is there, and one that is not
/// known is a newer version's. `written` by a person: members may be left out, and one that is not
/// known is a slip of the pen.
enum class Reading : std::uint8_t { saved, written };

/// Thrown by from_json and caught by the function that called it: the place may be ten levels deep.
struct BadDocument : std::runtime_error {
    using std::runtime_error::runtime_error;
};

template <Reading mode, class T>
void from_json(const Json& json, T& value);
template <Reading mode, class T>
void from_json(const Json& json, Fact<T>& fact);
template <Reading mode, class T>
void from_json(const Json& json, std::vector<T>& values);
template <Reading mode, class T>
void from_json(const Json& json, std::optional<T>& value);
template <Reading mode, class T>
void from_json(const Json& json, std::map<std::string, T>& values);

template <Reading mode, class T>
void from_json(const Json& json, Fact<T>& fact) {
    if (const auto found = json.find("value"); found != json.end()) {
        fact = T{};
        from_json<mode>(*found, *fact);
        return;
    }
    const auto code = std::ranges::find(kErrorNames, json.at("error").get<std::string>());
    if (code == std::end(kErrorNames)) throw BadDocument("unknown error code");
    fact = std::unexpected(Error{static_cast<Errc>(code - std::begin(kErrorNames)),
                                 json.at("message").get<std::string>()});
}
template <Reading mode, class T>
void from_json(const Json& json, std::vector<T>& values) {
    if (!json.is_array()) throw BadDocument("an array is expected");
    values.clear();
    for (std::size_t i = 0; i < json.size(); ++i) {
        T value{};
        try {
            from_json<mode>(json[i], value);
        } catch (const std::exception& error) {
            throw BadDocument("[" + std::to_string(i) + "]: " + error.what());
        }
        values.push_back(std::move(value));
    }
}
template <Reading mode, class T>
void from_json(const Json& json, std::optional<T>& value) {
    if (json.is_null()) return;
    value = T{};
    from_json<mode>(json, *value);
}
template <Reading mode, class T>
void from_json(const Json& json, std::map<std::string, T>& values) {
    if (!json.is_object()) throw BadDocument("an object is expected");
    for (const auto& [key, item] : json.items()) from_json<mode>(item, values[key]);
}

/// Members of `json` that T does not have; for a document that a person wrote.
template <class T>
void refuse_unknown_members(const Json& json, T& value) {
    std::vector<std::string_view> known;
    T::fields(value, [&](const char* name, auto&) { known.emplace_back(name); });
    for (const auto& [key, unused] : json.items()) {
        if (std::ranges::find(known, key) != known.end()) continue;
        const auto near = std::ranges::min_element(
            known, {}, [&](std::string_view name) { return edit_distance(name, key); });
        throw BadDocument("unknown member \"" + key + "\"; did you mean \"" + std::string(*near) +
                          "\"?");
    }
}

template <class T>
inline constexpr bool kMayBeNull = false;
template <class T>
inline constexpr bool kMayBeNull<std::optional<T>> = true;

template <Reading mode, class T>
void members_from_json(const Json& json, T& value) {
    if (!json.is_object()) throw BadDocument("an object is expected");
    if constexpr (mode == Reading::written) refuse_unknown_members(json, value);
    T::fields(value, [&](const char* name, auto& member) {
        const auto found = json.find(name);
        if (found == json.end()) {
            // An older version's document has no member that a newer one added.
            if (mode == Reading::written || kMayBeNull<std::remove_cvref_t<decltype(member)>>)
                return;
            throw BadDocument(std::string(name) + ": missing");
        }
        try {
            from_json<mode>(*found, member);
        } catch (const std::exception& error) {
            throw BadDocument(std::string(name) + ": " + error.what());
        }
    });
}

template <Reading mode, class T>
void from_json(const Json& json, T& value) {
    if constexpr (NamedEnum<T>) {
        if (!json.is_string()) throw BadDocument("a string is expected");
        const auto names = enum_names(value);
        const auto found = std::ranges::find(names, json.get<std::string>());
        if (found == names.end())
            throw BadDocument("unknown name \"" + json.get<std::string>() + '"');
        value = static_cast<T>(found - names.begin());
    } else if constexpr (Described<T>) {
        members_from_json<mode>(json, value);
    } else if constexpr (std::same_as<T, std::string>) {
        if (!json.is_string()) throw BadDocument("a string is expected");
        value = json.get<std::string>();
    } else if constexpr (std::same_as<T, bool>) {
        if (!json.is_boolean()) throw BadDocument("true or false is expected");
        value = json.get<bool>();
    } else {
        if (!json.is_number_integer()) throw BadDocument("a whole number is expected");
        if (std::is_unsigned_v<T> && !json.is_number_unsigned())
            throw BadDocument("a number below zero is not expected");
        value = json.get<T>();
    }
}

}  // namespace guestprep::json_fields
