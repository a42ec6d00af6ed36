// SPDX-License-Identifier: Apache-2.0
//
// Changes: the first file of AuthorizedKeysFile of the accounts named with --add-key: a line more.
// Leaves:  everything where no key is given; accounts that sshd turns away whatever key they have.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/formats/authorized_keys.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

std::unexpected<Error> refuse(std::string why) {
    return failure(Errc::unsupported, std::move(why));
}

/// The lines of a key file that are keys, each ended. A private key must never get here.
Result<std::vector<std::string>> lines_of_keys(const KeyToAdd& key) {
    if (contains(key.text, "PRIVATE KEY"))
        return refuse("the file for " + key.user + " is a private key; its .pub file is wanted");
    const auto parsed = parse_authorized_keys(key.text);
    if (parsed.keys.empty() || !parsed.bad_lines.empty())
        return refuse("the file for " + key.user + " holds something else than public keys");
    const auto lines = lines_of(key.text);
    std::vector<std::string> out;
    for (const auto& found : parsed.keys) out.push_back(std::string(lines[found.line - 1]) + "\n");
    return out;
}

Result<FileEdit> with_keys(const Facts& facts, const KeyToAdd& key) {
    if (!facts.access.users) return std::unexpected(facts.access.users.error());
    const auto user = std::ranges::find(*facts.access.users, key.user, &LoginUser::name);
    if (user == facts.access.users->end())
        return refuse("there is no account " + key.user + " with a shell");
    if (!user->refused.text.empty())
        return refuse(key.user + " cannot log in: " + user->refused.text);
    if (user->home_is_missing) return refuse("the home of " + key.user + " is not there");
    // None is there yet: sshd's default place. Where another is configured, the second look says
    // that the account still has no key.
    const auto file = user->key_files.empty()
                          ? KeyFile{.path = user->home + "/.ssh/authorized_keys"}
                          : user->key_files.front();
    if (!file.trouble.empty()) return refuse("sshd passes over " + file.path + ": " + file.trouble);
    if (!file.unread.empty()) return refuse(file.path + ": " + file.unread);
    auto keys = lines_of_keys(key);
    if (!keys) return std::unexpected(keys.error());

    // sshd's StrictModes asks that the file be the account's own or root's.
    FileEdit edit{.path = GuestPath(file.path), .mode = {0600, user->uid, 0}};
    if (const auto known = facts.sources.find(edit.path); known != facts.sources.end())
        edit.before = known->second;
    edit.after = edit.before.value_or("");
    if (!edit.after->empty() && !edit.after->ends_with('\n')) *edit.after += '\n';
    for (const auto& line : *keys)
        if (!contains(*edit.after, trimmed(line))) *edit.after += line;
    return edit;
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes& wishes) {
    if (wishes.keys.empty()) return refuse("no key is given: --add-key USER=FILE");
    ChangeSet set;
    for (const auto& key : wishes.keys) {
        auto edit = with_keys(facts, key);
        if (!edit) return std::unexpected(edit.error());
        if (edit->before != edit->after) set.changes.emplace_back(std::move(*edit));
    }
    return set;
}

}  // namespace

constinit const Fixer fixers::add_operator_key{
    .id = "linux-ssh-key-user",
    .title = "Put the operator's public key in place (--add-key USER=FILE)",
    .platform = Platform::linux_guest,
    .kind = FixKind::safe,
    .changes = "The first file that sshd reads keys of that account from: one line more.",
    .leaves =
        "Everything where --add-key is not given; accounts that are locked, expired or turned "
        "away, and key files whose owner or mode sshd refuses.",
    .plan = plan,
};

}  // namespace guestprep
