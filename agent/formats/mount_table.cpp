// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/mount_table.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/formats/fstab.h"

namespace guestprep {
namespace {

/// Mount options repeat the file system's: each is kept once, passwords never.
void add_options(std::vector<std::string>& options, std::string_view field) {
    for (const auto& option : split_mount_options(field)) {
        auto safe = without_secret(option);
        if (std::ranges::find(options, safe) == options.end()) options.push_back(std::move(safe));
    }
}

}  // namespace

std::vector<Mount> parse_mounts(std::string_view text) {
    std::vector<Mount> mounts;
    for (const auto line : lines_of(text)) {
        const auto fields = words_of(line, " \t");
        if (fields.size() < 4 || fields[0].starts_with('#')) continue;
        Mount mount;
        mount.source = unescape_mount_field(fields[0]);
        mount.mount_point = unescape_mount_field(fields[1]);
        mount.type = fields[2];
        add_options(mount.options, fields[3]);
        mounts.push_back(std::move(mount));
    }
    return mounts;
}

std::vector<Mount> parse_mountinfo(std::string_view text) {
    std::vector<Mount> mounts;
    for (const auto line : lines_of(text)) {
        // id parent major:minor root mount_point options [tag...] - type source super_options
        const auto fields = words_of(line, " ");
        const auto dash = std::ranges::find(fields, "-");
        const auto after = static_cast<std::size_t>(fields.end() - dash);
        if (dash - fields.begin() < 6 || after < 3) continue;
        Mount mount;
        mount.number = fields[2];
        mount.root = unescape_mount_field(fields[3]);
        mount.mount_point = unescape_mount_field(fields[4]);
        add_options(mount.options, fields[5]);
        mount.type = dash[1];
        mount.source = unescape_mount_field(dash[2]);
        if (after > 3) add_options(mount.options, dash[3]);
        mounts.push_back(std::move(mount));
    }
    return mounts;
}

}  // namespace guestprep
