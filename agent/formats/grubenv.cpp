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

}  // namespace guestprep
