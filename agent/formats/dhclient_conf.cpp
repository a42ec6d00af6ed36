// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/dhclient_conf.h"

#include "agent/core/text.h"
#include "agent/formats/text_lines.h"

namespace guestprep {
namespace {

/// Follows one statement over its lines: to the ';' or the block that ends it.
struct Statement {
    int depth = 0;
    bool quoted = false;

    /// Where in the line it ends; npos where it goes on.
    std::size_t end_in(std::string_view line) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            const char c = line[i];
            if (quoted) {
                if (c == '\\') ++i;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '#') {
                break;
            } else if (c == '{') {
                ++depth;
            } else if ((c == '}' && --depth <= 0) || (c == ';' && depth == 0)) {
                return i;
            }
        }
        return std::string_view::npos;
    }
};

}  // namespace

Result<std::string> dhclient_without(std::string_view text, const std::vector<std::size_t>& lines) {
    TextLines out(text);
    for (const auto first : lines) {
        if (first == 0 || first > out.size()) continue;
        // Part of a block that is a comment already.
        if (trimmed(out[first - 1]).starts_with('#')) continue;
        Statement statement;
        auto at = first - 1;
        auto end = statement.end_in(out[at]);
        while (end == std::string_view::npos && at + 1 < out.size())
            end = statement.end_in(out[++at]);
        const auto rest = end == std::string_view::npos
                              ? std::string_view("?")
                              : trimmed(std::string_view(out[at]).substr(end + 1));
        if (!rest.empty() && !rest.starts_with('#'))
            return failure(Errc::unsupported, "line " + std::to_string(at + 1) +
                                                  " holds more than the end of one statement");
        for (auto line = first - 1; line <= at; ++line) out.replace(line, '#' + out[line]);
    }
    return out.str();
}

}  // namespace guestprep
