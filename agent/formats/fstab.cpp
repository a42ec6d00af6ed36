// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/fstab.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr std::string_view kBlanks = " \t";

bool is_octal(char c) { return c >= '0' && c <= '7'; }

/// Where the fields of a line lie. Everything after the sixth is a comment to mount(8).
struct FieldPlace {
    std::size_t begin = 0;
    std::size_t length = 0;
};

std::vector<FieldPlace> field_places(std::string_view line) {
    std::vector<FieldPlace> places;
    std::size_t from = 0;
    while (places.size() < 6) {
        const auto begin = line.find_first_not_of(kBlanks, from);
        if (begin == std::string_view::npos) break;
        const auto end = std::min(line.find_first_of(kBlanks, begin), line.size());
        places.push_back({begin, end - begin});
        from = end;
    }
    return places;
}

std::string_view without_ending(std::string_view line) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

/// UUID="x" and LABEL='x' as libblkid reads them.
std::string without_quotes(std::string spec) {
    const auto equals = spec.find('=');
    if (equals == std::string::npos || spec.starts_with('/') || spec.size() < equals + 3)
        return spec;
    const char quote = spec[equals + 1];
    if ((quote != '"' && quote != '\'') || spec.back() != quote) return spec;
    return spec.substr(0, equals + 1) + spec.substr(equals + 2, spec.size() - equals - 3);
}

FstabEntry entry_of(std::string_view line, const std::vector<FieldPlace>& places) {
    const auto field = [&](std::size_t i) {
        return i < places.size() ? line.substr(places[i].begin, places[i].length)
                                 : std::string_view();
    };
    FstabEntry entry;
    entry.spec = without_quotes(unescape_mount_field(field(0)));
    entry.mount_point = unescape_mount_field(field(1));
    entry.type = unescape_mount_field(field(2));
    entry.options = split_mount_options(field(3));
    entry.dump = field(4);
    entry.pass = field(5);
    entry.kind = spec_kind(entry.spec, entry.type);
    return entry;
}

}  // namespace

std::string unescape_mount_field(std::string_view field) {
    std::string out;
    for (std::size_t i = 0; i < field.size(); ++i) {
        if (field[i] == '\\' && i + 3 < field.size() && field[i + 1] <= '3' &&
            is_octal(field[i + 1]) && is_octal(field[i + 2]) && is_octal(field[i + 3])) {
            out += static_cast<char>((field[i + 1] - '0') * 64 + (field[i + 2] - '0') * 8 +
                                     (field[i + 3] - '0'));
            i += 3;
        } else {
            out += field[i];
        }
    }
    return out;
}

std::string escape_mount_field(std::string_view value) {
    std::string out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        // '#' opens a comment only at the start of a line.
        if (c == ' ' || c == '\t' || c == '\n' || c == '\\' || (c == '#' && i == 0)) {
            const auto byte = static_cast<unsigned char>(c);
            out += '\\';
            out += static_cast<char>('0' + byte / 64);
            out += static_cast<char>('0' + byte / 8 % 8);
            out += static_cast<char>('0' + byte % 8);
        } else {
            out += c;
        }
    }
    return out;
}

std::vector<std::string> split_mount_options(std::string_view field) {
    std::vector<std::string> options;
    // A comma inside quotes belongs to the value: context="system_u:object_r:tmp_t:s0:c1,c2".
    bool quoted = false;
    std::string option;
    for (const char c : field) {
        if (c == '"') quoted = !quoted;
        if (c == ',' && !quoted) {
            if (!option.empty()) options.push_back(unescape_mount_field(option));
            option.clear();
        } else {
            option += c;
        }
    }
    if (!option.empty()) options.push_back(unescape_mount_field(option));
    return options;
}

std::string without_secret(std::string_view option) {
    const auto equals = option.find('=');
    if (equals == std::string_view::npos) return std::string(option);
    const auto name = lowercase(option.substr(0, equals));
    for (const std::string_view secret :
         {"pass", "secret", "passwd", "password", "password2", "passphrase", "key", "token"})
        if (name == secret) return std::string(option.substr(0, equals)) + "=(hidden)";
    // cifs takes "username=user%password" too.
    if (name.starts_with("user"))
        if (const auto percent = option.find('%'); percent != std::string_view::npos)
            return std::string(option.substr(0, percent)) + "%(hidden)";
    return std::string(option);
}

bool FstabEntry::has_option(std::string_view name) const {
    return std::ranges::find(options, name) != options.end();
}

std::string_view FstabEntry::option_value(std::string_view name) const {
    for (const std::string_view option : options)
        if (option.size() > name.size() && option.starts_with(name) && option[name.size()] == '=')
            return option.substr(name.size() + 1);
    return {};
}

bool FstabEntry::is_on_demand() const {
    return has_option("noauto") || has_option("x-systemd.automount") ||
           has_option("comment=systemd.automount");
}

FstabEntry FstabEntry::redacted() const {
    auto safe = *this;
    for (auto& option : safe.options) option = without_secret(option);
    // "https://user:password@host/" of davfs and curlftpfs. The password may hold anything.
    if (const auto at = spec.rfind('@'); at != std::string::npos && kind == SpecKind::network) {
        auto from = spec.find("://");
        from = from == std::string::npos ? 0 : from + 3;
        if (const auto colon = spec.find(':', from); colon < at)
            safe.spec = spec.substr(0, colon) + ":(hidden)" + spec.substr(at);
    }
    return safe;
}

std::string FstabEntry::shown() const {
    const auto safe = redacted();
    std::vector<std::string> parts = {escape_mount_field(safe.spec),
                                      escape_mount_field(mount_point), escape_mount_field(type)};
    if (!safe.options.empty()) parts.push_back(escape_mount_field(join(safe.options, ",")));
    if (!dump.empty()) parts.push_back(dump);
    if (!pass.empty()) parts.push_back(pass);
    return guestprep::shown(join(parts, " "));
}

Fstab Fstab::parse(std::string_view text) {
    Fstab fstab;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto length = end == std::string_view::npos ? text.size() : end + 1;
        fstab.lines_.emplace_back(text.substr(0, length));
        fstab.take_line(fstab.lines_.size());
        text.remove_prefix(length);
    }
    return fstab;
}

void Fstab::take_line(std::size_t number) {
    const std::string_view whole = lines_[number - 1];
    const auto line = without_ending(whole);
    if (whole.ends_with("\r\n")) has_crlf_ = true;
    const auto places = field_places(line);
    if (places.empty() || line[places[0].begin] == '#') return;
    if (places.size() < 3) {
        malformed_.push_back(number);
        return;
    }
    entries_.push_back(entry_of(line, places));
    entries_.back().line = number;
}

std::string Fstab::text() const { return join(lines_, ""); }

bool Fstab::set_spec(std::size_t line, std::string_view spec) {
    return set_field(line, 0, escape_mount_field(spec));
}

bool Fstab::set_options(std::size_t line, const std::vector<std::string>& options) {
    std::vector<std::string> escaped;
    for (const auto& option : options) escaped.push_back(escape_mount_field(option));
    return set_field(line, 3, escaped.empty() ? "defaults" : join(escaped, ","));
}

bool Fstab::set_field(std::size_t line, std::size_t field, std::string_view value) {
    const auto entry = std::ranges::find(entries_, line, &FstabEntry::line);
    if (entry == entries_.end()) return false;
    auto& text = lines_[line - 1];
    auto places = field_places(without_ending(text));
    if (field < places.size()) {
        text.replace(places[field].begin, places[field].length, value);
    } else {
        // A line without options: the new field follows the type.
        text.insert(places.back().begin + places.back().length, " " + std::string(value));
    }
    const auto body = without_ending(text);
    *entry = entry_of(body, field_places(body));
    entry->line = line;
    return true;
}

}  // namespace guestprep
