// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/modprobe_conf.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {

std::string with_underscores(std::string_view module) {
    std::string text(module);
    std::ranges::replace(text, '-', '_');
    return text;
}

std::vector<ModprobeLine> parse_modprobe_conf(std::string_view text) {
    std::vector<ModprobeLine> out;
    const auto lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto first = i;
        std::string whole(lines[i]);
        while (whole.ends_with('\\') && i + 1 < lines.size()) {
            whole.pop_back();
            whole += lines[++i];
        }
        const auto words = words_of(whole);
        if (words.size() < 2 || words[0].starts_with('#')) continue;
        ModprobeLine line;
        line.command = words[0];
        line.module = line.command == "alias" ? std::string(words[1]) : with_underscores(words[1]);
        const auto used =
            static_cast<std::size_t>(words[1].data() - whole.data()) + words[1].size();
        line.rest = trimmed(std::string_view(whole).substr(used));
        line.line = first + 1;
        out.push_back(std::move(line));
    }
    return out;
}

}  // namespace guestprep
