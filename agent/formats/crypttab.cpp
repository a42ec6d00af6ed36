// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/crypttab.h"

#include "agent/core/text.h"
#include "agent/formats/fstab.h"

namespace guestprep {

bool CrypttabEntry::has_random_key() const {
    return key == "/dev/urandom" || key == "/dev/random" || key == "/dev/hw_random";
}

std::string CrypttabEntry::shown() const {
    auto text = name + " " + device;
    if (!key.empty()) text += " " + key;
    if (!options.empty()) text += " " + join(options, ",");
    return guestprep::shown(text);
}

std::vector<CrypttabEntry> parse_crypttab(std::string_view text) {
    std::vector<CrypttabEntry> entries;
    std::size_t number = 0;
    for (const auto line : lines_of(text)) {
        ++number;
        const auto fields = words_of(line, " \t");
        if (fields.size() < 2 || fields[0].starts_with('#')) continue;
        CrypttabEntry entry;
        entry.line = number;
        entry.name = fields[0];
        entry.device = unescape_mount_field(fields[1]);
        // SUSE once took a passphrase here: only what names a file is ever kept.
        if (fields.size() > 2)
            entry.key = fields[2].starts_with('/') || fields[2] == "none" || fields[2] == "-"
                            ? std::string(fields[2])
                            : "(hidden)";
        if (fields.size() > 3)
            for (const auto& option : split_mount_options(fields[3]))
                entry.options.push_back(without_secret(option));
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace guestprep
