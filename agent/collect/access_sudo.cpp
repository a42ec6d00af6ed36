// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/access_sudo.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/formats/sudoers.h"

namespace guestprep {
namespace {

constexpr std::size_t kMostFiles = 200;

void read_file(const FileReader& files, const GuestPath& path, SudoReading& out,
               std::vector<GuestPath>& seen) {
    if (seen.size() >= kMostFiles || std::ranges::find(seen, path) != seen.end()) return;
    seen.push_back(path);
    const auto text = files.read(path, std::size_t{1} << 20);
    if (!text) {
        if (text.error().code != Errc::not_found) out.unread = text.error().message;
        return;
    }
    const auto file = parse_sudoers(*text);
    for (const auto& rule : file.rules)
        out.rules.push_back({rule.who, at_line(path.str(), rule.line), rule.no_password});
    // A name without a slash stands beside the file that includes it.
    const auto place = [&](const std::string& name) {
        return name.starts_with('/') ? GuestPath(name) : path.parent() / name;
    };
    for (const auto& name : file.include_files) read_file(files, place(name), out, seen);
    for (const auto& folder : file.include_folders) {
        const auto names = files.list(place(folder));
        if (!names && names.error().code != Errc::not_found) out.unread = names.error().message;
        if (!names) continue;
        for (const auto& name : *names)
            if (is_sudoers_file_name(name)) read_file(files, place(folder) / name, out, seen);
    }
}

}  // namespace

SudoReading read_sudo(const FileReader& files) {
    SudoReading out;
    bool installed = false;
    for (const std::string_view program : {"/usr/bin/sudo", "/bin/sudo", "/usr/local/bin/sudo"})
        installed |= files.exists(GuestPath(program));
    if (!installed) return out;
    std::vector<GuestPath> seen;
    read_file(files, GuestPath("/etc/sudoers"), out, seen);
    return out;
}

SudoRight SudoReading::right_of(std::string_view user, std::uint32_t uid,
                                const std::vector<std::string>& groups) const {
    SudoRight right;
    for (const auto& rule : rules) {
        const std::string_view who = rule.who;
        const bool by_group =
            who.starts_with('%') && std::ranges::find(groups, who.substr(1)) != groups.end();
        if (who != user && who != "ALL" && who != "#" + std::to_string(uid) && !by_group) continue;
        // A rule that asks for no password is worth more; later ones count as much as earlier.
        if (!right.where.empty() && !rule.no_password) continue;
        right = {rule.where + ": " + shown(who, 40), rule.no_password};
    }
    return right;
}

}  // namespace guestprep
