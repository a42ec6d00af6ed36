// SPDX-License-Identifier: Apache-2.0
//
// Changes: modes of key files, their folder and the home directory that keep sshd from valid keys.
// Leaves:  what belongs to another account, and what lies outside the home directory.
#include <algorithm>
#include <map>

#include "agent/facts/facts.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

/// An account whose keys would open a shell but for the modes on the way to them.
bool is_held_up(const LoginUser& user) {
    return !user.system_account && user.refused.text.empty() && user.keys_allowed &&
           user.has_key() == Truth::no;
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    if (!facts.access.users) return std::unexpected(facts.access.users.error());
    std::map<std::string, ModeEdit> edits;  // two key files share their folders
    std::string refusal;
    for (const auto& user : *facts.access.users) {
        if (!is_held_up(user)) continue;
        for (const auto& file : user.key_files) {
            if (file.usable == 0 || file.trouble.empty()) continue;
            if (file.mendable.empty())
                refusal = user.name + ": " + file.trouble + "; that is for a person to decide";
            for (const auto& place : file.mendable)
                edits.try_emplace(
                    place.path,
                    ModeEdit{.path = GuestPath(place.path),
                             .before = {place.permissions, place.uid, place.gid},
                             .after = {place.wanted_permissions, place.wanted_uid, place.gid}});
        }
    }
    if (edits.empty() && !refusal.empty()) return failure(Errc::unsupported, refusal);
    ChangeSet set;
    for (auto& [path, edit] : edits) set.changes.emplace_back(std::move(edit));
    return set;
}

}  // namespace

constinit const Fixer fixers::let_sshd_trust_keys{
    .id = "linux-ssh-key-user",
    .title = "Set modes that sshd accepts on key files and their folders",
    .platform = Platform::linux_guest,
    .kind = FixKind::safe,
    .changes =
        "Where an account has valid keys that sshd passes over: takes the right to write from "
        "group and others on authorized_keys, ~/.ssh and the home directory, and gives root's "
        "files in ~/.ssh that the account cannot read to the account.",
    .leaves =
        "Files and folders of another account, whose keys they might be; places outside the home "
        "directory.",
    .plan = plan,
};

}  // namespace guestprep
