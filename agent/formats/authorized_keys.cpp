// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/authorized_keys.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "agent/core/text.h"

namespace guestprep {
namespace {

struct KeyType {
    std::string_view name;
    SshVersion since;
    SshVersion until;  ///< first version that refuses it by default; {0,0}: none so far
};
constexpr KeyType kTypes[] = {
    {"ssh-rsa", {2, 0}, {}},
    {"ssh-dss", {2, 0}, {7, 0}},
    {"ecdsa-sha2-nistp256", {5, 7}, {}},
    {"ecdsa-sha2-nistp384", {5, 7}, {}},
    {"ecdsa-sha2-nistp521", {5, 7}, {}},
    {"ssh-ed25519", {6, 5}, {}},
    {"sk-ecdsa-sha2-nistp256@openssh.com", {8, 2}, {}},
    {"sk-ssh-ed25519@openssh.com", {8, 2}, {}},
};

int base64_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    if (c == '/') return 63;
    return -1;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string out;
    unsigned bits = 0;
    int held = 0;
    while (text.ends_with('=')) text.remove_suffix(1);
    for (const char c : text) {
        const int value = base64_value(c);
        if (value < 0) return std::nullopt;
        bits = (bits << 6U | static_cast<unsigned>(value)) & 0xFFFFU;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out += static_cast<char>(bits >> static_cast<unsigned>(held) & 0xFFU);
    }
    return out;
}

/// The parts of a key blob: each a length in four bytes, then that many. Nothing where they do not
/// fill it exactly.
std::optional<std::vector<std::string_view>> blob_parts(std::string_view blob) {
    std::vector<std::string_view> parts;
    while (!blob.empty()) {
        if (blob.size() < 4 || parts.size() > 8) return std::nullopt;
        std::size_t length = 0;
        for (int i = 0; i < 4; ++i)
            length = length << 8U | static_cast<unsigned char>(blob[static_cast<std::size_t>(i)]);
        blob.remove_prefix(4);
        if (length > blob.size()) return std::nullopt;
        parts.push_back(blob.substr(0, length));
        blob.remove_prefix(length);
    }
    return parts;
}

std::size_t parts_of_type(std::string_view type) {
    if (type == "ssh-rsa" || type.starts_with("ecdsa-")) return 3;
    if (type == "ssh-dss") return 5;
    if (type == "ssh-ed25519") return 2;
    return type.starts_with("sk-ecdsa") ? 4 : 3;
}

/// "ssh-ed25519 AAAA... comment"
std::optional<AuthorizedKey> read_key(std::string_view text) {
    const auto words = words_of(text, " \t");
    if (words.size() < 2) return std::nullopt;
    if (std::ranges::find(kTypes, words[0], &KeyType::name) == std::end(kTypes))
        return std::nullopt;
    const auto blob = from_base64(words[1]);
    if (!blob) return std::nullopt;
    const auto parts = blob_parts(*blob);
    if (!parts || parts->size() != parts_of_type(words[0]) || parts->front() != words[0])
        return std::nullopt;
    AuthorizedKey key{.type = std::string(words[0]), .comment = {}, .from = {}, .expires = {}};
    const auto rest = static_cast<std::size_t>(words[1].data() + words[1].size() - text.data());
    key.comment = shown(trimmed(text.substr(rest)), 60);
    return key;
}

/// Length of the options at the start of a line: up to a blank outside quotes.
std::size_t options_length(std::string_view line) {
    bool quoted = false;
    std::size_t i = 0;
    for (; i < line.size() && (quoted || (line[i] != ' ' && line[i] != '\t')); ++i) {
        if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '"')
            ++i;
        else if (line[i] == '"')
            quoted = !quoted;
    }
    return i;
}

std::vector<std::string_view> cut_options(std::string_view options) {
    std::vector<std::string_view> out;
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < options.size(); ++i) {
        if (options[i] == '\\' && i + 1 < options.size() && options[i + 1] == '"') {
            ++i;
        } else if (options[i] == '"') {
            quoted = !quoted;
        } else if (options[i] == ',' && !quoted) {
            out.push_back(options.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    out.push_back(options.substr(begin));
    return out;
}

/// False where sshd does not know an option: it then refuses the key.
bool apply_options(std::string_view options, AuthorizedKey& key) {
    constexpr std::string_view kFlags[] = {
        "restrict", "agent-forwarding", "port-forwarding", "x11-forwarding",
        "pty",      "user-rc",          "touch-required",  "verify-required"};
    constexpr std::string_view kValues[] = {"environment", "permitopen", "permitlisten",
                                            "principals",  "tunnel",     "zos-key-ring-label"};
    for (const auto option : cut_options(options)) {
        const auto equals = option.find('=');
        const auto name = lowercase(option.substr(0, equals));
        if (equals == std::string_view::npos) {
            const std::string_view flag =
                name.starts_with("no-") ? std::string_view(name).substr(3) : std::string_view(name);
            if (name == "cert-authority")
                key.certificate_authority = true;
            else if (std::ranges::find(kFlags, flag) == std::end(kFlags))
                return false;
            continue;
        }
        auto value = option.substr(equals + 1);
        if (value.size() < 2 || value.front() != '"' || value.back() != '"') return false;
        value = value.substr(1, value.size() - 2);
        if (name == "command")
            key.forced_command = true;
        else if (name == "from")
            key.from = shown(value, 80);
        else if (name == "expiry-time")
            key.expires = shown(value, 20);
        else if (std::ranges::find(kValues, name) == std::end(kValues))
            return false;
    }
    return true;
}

std::optional<AuthorizedKey> read_line(std::string_view line) {
    if (auto key = read_key(line)) return key;
    const auto length = options_length(line);
    if (length == 0 || length >= line.size()) return std::nullopt;
    auto key = read_key(trimmed(line.substr(length)));
    if (!key) return std::nullopt;
    key->has_options = true;
    key->refused = !apply_options(line.substr(0, length), *key);
    return key;
}

}  // namespace

AuthorizedKeys parse_authorized_keys(std::string_view text) {
    AuthorizedKeys out;
    std::size_t number = 0;
    for (const auto raw : lines_of(text)) {
        ++number;
        const auto line = trimmed(raw);
        if (line.empty() || line.starts_with('#')) continue;
        // Longer than any key: sshd cuts such lines and finds none.
        auto key = line.size() > 65536 ? std::nullopt : read_line(line);
        if (!key) {
            out.bad_lines.push_back(number);
            continue;
        }
        key->line = number;
        out.keys.push_back(std::move(*key));
    }
    return out;
}

bool takes_key_type(std::string_view type, std::optional<SshVersion> version) {
    const auto* found = std::ranges::find(kTypes, type, &KeyType::name);
    if (found == std::end(kTypes)) return false;
    if (!version) return found->until == SshVersion{};
    return *version >= found->since && (found->until == SshVersion{} || *version < found->until);
}

std::optional<std::int64_t> expiry_seconds(std::string_view text) {
    if (text.ends_with('Z') || text.ends_with('z')) text.remove_suffix(1);
    if (text.size() != 8 && text.size() != 12 && text.size() != 14) return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t length) -> std::int64_t {
        if (at >= text.size()) return 0;
        const auto value = to_number(text.substr(at, length));
        return value ? static_cast<std::int64_t>(*value) : -1;
    };
    const auto date = std::chrono::year(static_cast<int>(number(0, 4))) /
                      std::chrono::month(static_cast<unsigned>(number(4, 2))) /
                      std::chrono::day(static_cast<unsigned>(number(6, 2)));
    const std::int64_t parts[] = {number(8, 2), number(10, 2), number(12, 2)};
    if (!date.ok() || std::ranges::any_of(parts, [](std::int64_t part) { return part < 0; }))
        return std::nullopt;
    const auto days = std::chrono::sys_days(date).time_since_epoch().count();
    return days * std::int64_t{86400} + parts[0] * 3600 + parts[1] * 60 + parts[2];
}

}  // namespace guestprep
