// SPDX-License-Identifier: Apache-2.0
#include "agent/core/secrets.h"

#include <algorithm>
#include <array>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr std::string_view kHidden = "(hidden)";
/// A name that ends in one of these is a secret's: "wpa-psk", "WPA_PASSWORD", "private_key".
constexpr std::array<std::string_view, 10> kNames = {"password", "passwd",     "passphrase", "psk",
                                                     "secret",   "key",        "token",      "pass",
                                                     "api_key",  "credentials"};
constexpr std::array<std::string_view, 8> kHashes = {"$1$", "$2a$", "$2y$",    "$5$",
                                                     "$6$", "$y$",  "$argon2", "grub.pbkdf2."};

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
}

bool is_secret_name(std::string_view name) {
    const auto small = lowercase(name);
    return std::ranges::any_of(kNames, [&](auto ending) { return small.ends_with(ending); });
}

/// Where the value after "name =" or "name: " begins; npos where nothing of the kind follows.
std::size_t value_after(std::string_view line, std::size_t at) {
    if (at < line.size() && (line[at] == '"' || line[at] == '\'')) ++at;
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
    if (at >= line.size() || (line[at] != '=' && line[at] != ':')) return std::string_view::npos;
    ++at;
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
    return at;
}

std::size_t end_of_value(std::string_view line, std::size_t at) {
    if (line[at] == '"' || line[at] == '\'') {
        const auto close = line.find(line[at], at + 1);
        return close == std::string_view::npos ? line.size() : close + 1;
    }
    return std::min(line.find_first_of(" \t,;\r", at), line.size());
}

/// "wpa-psk SECRET", ifupdown's way, and "password --md5 HASH", GRUB's.
bool takes_a_word(std::string_view name) {
    const auto small = lowercase(name);
    return small.ends_with("psk") || small.ends_with("passphrase") || small == "password" ||
           small.starts_with("password_") || small.ends_with("-password");
}

std::string hidden_in(std::string_view line) {
    std::string out;
    for (std::size_t i = 0; i < line.size();) {
        if (!is_name_char(line[i]) && line[i] != '$') {
            out += line[i++];
            continue;
        }
        auto end = i;
        while (end < line.size() && (is_name_char(line[end]) || line[end] == '$' ||
                                     (line[i] == '$' && line[end] != ' ' && line[end] != '\t' &&
                                      line[end] != ':' && line[end] != '"' && line[end] != '\'')))
            ++end;
        const auto word = line.substr(i, end - i);
        if (std::ranges::any_of(kHashes, [&](auto mark) { return word.starts_with(mark); })) {
            out += kHidden;
            i = end;
            continue;
        }
        out += word;
        i = end;
        if (!is_secret_name(word) && !takes_a_word(word)) continue;
        auto value = value_after(line, end);
        if (value == std::string_view::npos && takes_a_word(word))
            value = std::min(line.find_first_not_of(" \t", end), line.size());
        if (value == std::string_view::npos || value >= line.size()) continue;
        const auto stop = takes_a_word(word) && lowercase(word).starts_with("password")
                              ? line.size()
                              : end_of_value(line, value);
        out += line.substr(end, value - end);
        out += kHidden;
        i = stop;
    }
    return out;
}

}  // namespace

std::string without_secrets(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        out += hidden_in(text.substr(0, end));
        if (end < text.size()) out += '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

}  // namespace guestprep
