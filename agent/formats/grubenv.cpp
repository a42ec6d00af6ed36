// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/grubenv.h"

namespace guestprep {
namespace {

constexpr std::string_view kHeader = "# GRUB Environment Block\n";
constexpr std::size_t kSize = 1024;

/// A backslash at the end of a line puts the line break into the value.
std::string unescaped_line(std::string_view& rest) {
    std::string line;
    std::size_t i = 0;
    for (; i < rest.size() && rest[i] != '\n'; ++i) {
        if (rest[i] == '\\' && i + 1 < rest.size()) ++i;
        line += rest[i];
    }
    rest.remove_prefix(i < rest.size() ? i + 1 : i);
    return line;
}

}  // namespace

GrubEnvironment parse_grubenv(std::string_view bytes) {
    GrubEnvironment out;
    out.has_header = bytes.starts_with(kHeader);
    out.has_right_size = bytes.size() == kSize;
    while (!bytes.empty()) {
        const bool comment = bytes.starts_with('#');
        const auto line = unescaped_line(bytes);
        const auto equals = line.find('=');
        if (!comment && equals != std::string::npos && equals > 0)
            out.variables[line.substr(0, equals)] = line.substr(equals + 1);
    }
    return out;
}

Result<std::string> set_grubenv(std::string_view bytes, std::string_view name,
                                std::string_view value) {
    if (!parse_grubenv(bytes).is_valid())
        return failure(Errc::unsupported, "this is no environment block that GRUB can save to");
    std::string line = std::string(name) + '=';
    for (const char c : value) {
        if (c == '\\' || c == '\n') line += '\\';
        line += c;
    }
    line += '\n';
    // What GRUB pads with is a comment without an end.
    bytes = bytes.substr(0, bytes.find_last_not_of('#') + 1);
    std::string out;
    bool is_set = false;
    while (!bytes.empty()) {
        auto rest = bytes;
        const auto read = unescaped_line(rest);
        const auto raw = bytes.substr(0, bytes.size() - rest.size());
        const bool is_it =
            !raw.starts_with('#') && read.substr(0, read.find('=')) == name && read != name;
        if (!is_it) out += raw;
        if (is_it && !is_set) out += line;
        is_set = is_set || is_it;
        bytes = rest;
    }
    if (!out.ends_with('\n')) out += '\n';
    if (!is_set) out += line;
    if (out.size() > kSize)
        return failure(Errc::unsupported,
                       "GRUB's environment block has no room for " + std::string(name));
    out.resize(kSize, '#');
    return out;
}

}  // namespace guestprep
