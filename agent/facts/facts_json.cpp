// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/facts_json.h"

#include <algorithm>
#include <concepts>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <vector>

#include "agent/core/text.h"

namespace guestprep {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "guestprep-facts/1";
constexpr std::string_view kErrorNames[] = {
    "not_collected", "not_found",   "access_denied",  "wrong_type", "too_large",   "io",
    "bad_syntax",    "unsupported", "command_failed", "timed_out",  "host_changed"};

template <class T>
concept Described = requires(T& value) {
    T::fields(value, [](const char*, auto&) {});
};
template <class T>
concept NamedEnum = std::is_enum_v<T> && requires(T value) {
    enum_names(value);
};

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

/// Thrown and caught inside this file only: a missing member may be ten levels deep.
struct BadFacts : std::runtime_error {
    using std::runtime_error::runtime_error;
};

template <class T>
void from_json(const Json& json, T& value);
template <class T>
void from_json(const Json& json, Fact<T>& fact);
template <class T>
void from_json(const Json& json, std::vector<T>& values);
template <class T>
void from_json(const Json& json, std::optional<T>& value);
template <class T>
void from_json(const Json& json, std::map<std::string, T>& values);

template <class T>
void from_json(const Json& json, Fact<T>& fact) {
    if (const auto found = json.find("value"); found != json.end()) {
        fact = T{};
        from_json(*found, *fact);
        return;
    }
    const auto code = std::ranges::find(kErrorNames, json.at("error").get<std::string>());
    if (code == std::end(kErrorNames)) throw BadFacts("unknown error code");
    fact = std::unexpected(Error{static_cast<Errc>(code - std::begin(kErrorNames)),
                                 json.at("message").get<std::string>()});
}
template <class T>
void from_json(const Json& json, std::vector<T>& values) {
    if (!json.is_array()) throw BadFacts("an array is expected");
    for (const auto& item : json) {
        T value{};
        from_json(item, value);
        values.push_back(std::move(value));
    }
}
template <class T>
void from_json(const Json& json, std::optional<T>& value) {
    if (json.is_null()) return;
    value = T{};
    from_json(json, *value);
}
template <class T>
void from_json(const Json& json, std::map<std::string, T>& values) {
    if (!json.is_object()) throw BadFacts("an object is expected");
    for (const auto& [key, item] : json.items()) from_json(item, values[key]);
}
template <class T>
void from_json(const Json& json, T& value) {
    if constexpr (NamedEnum<T>) {
        const auto names = enum_names(value);
        const auto found = std::ranges::find(names, json.get<std::string>());
        if (found == names.end()) throw BadFacts("unknown name \"" + json.get<std::string>() + '"');
        value = static_cast<T>(found - names.begin());
    } else if constexpr (Described<T>) {
        if (!json.is_object()) throw BadFacts("an object is expected");
        T::fields(value, [&](const char* name, auto& member) {
            const auto found = json.find(name);
            if (found == json.end()) throw BadFacts(std::string(name) + ": missing");
            try {
                from_json(*found, member);
            } catch (const std::exception& error) {
                throw BadFacts(std::string(name) + ": " + error.what());
            }
        });
    } else {
        json.get_to(value);
    }
}

}  // namespace

std::string facts_to_json(const Facts& facts) {
    Json out{{"schema", kSchema}};
    out.update(to_json(facts));
    return out.dump(1) + "\n";
}

Result<Facts> facts_from_json(std::string_view text) {
    try {
        const auto json = Json::parse(text);
        if (!json.is_object() || json.value("schema", "") != kSchema)
            return failure(Errc::bad_syntax, "not facts saved by guestprep (\"schema\" is not \"" +
                                                 std::string(kSchema) + "\")");
        Facts facts;
        from_json(json, facts);
        return facts;
    } catch (const std::exception& error) {
        return failure(Errc::bad_syntax, shown(error.what(), 200));
    }
}

}  // namespace guestprep
