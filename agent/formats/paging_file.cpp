// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/paging_file.h"

#include "agent/core/text.h"

namespace guestprep {

std::optional<PagingFile> parse_paging_file(std::string_view text) {
    text = trimmed(text);
    if (text.size() < 2 || text[1] != ':') return std::nullopt;
    PagingFile file;
    file.text = text;
    file.drive = text.substr(0, 2);
    if (file.drive[0] >= 'a' && file.drive[0] <= 'z')
        file.drive[0] = static_cast<char>(file.drive[0] - 'a' + 'A');
    // The path may hold blanks; the numbers are the last two words.
    auto words = words_of(text);
    if (words.size() >= 3) {
        const auto initial = to_number(words[words.size() - 2]);
        const auto most = to_number(words.back());
        if (initial && most) {
            file.initial = *initial;
            file.most = *most;
            const auto end = static_cast<std::size_t>(words[words.size() - 2].data() - text.data());
            text = trimmed(text.substr(0, end));
        }
    }
    file.path = text;
    return file;
}

Result<std::vector<PagingFile>> parse_paging_files(const std::vector<std::string>& entries) {
    std::vector<PagingFile> files;
    for (const auto& entry : entries) {
        auto file = parse_paging_file(entry);
        if (file)
            files.push_back(std::move(*file));
        else if (!trimmed(entry).empty())
            return failure(Errc::unsupported, "not understood: " + shown(entry));
    }
    return files;
}

}  // namespace guestprep
