// SPDX-License-Identifier: Apache-2.0
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

/// What Windows allows in the name of an account, and `net` takes for nothing else.
bool is_account_name(std::string_view name) {
    return !name.empty() && trimmed(name) == name &&
           name.find_first_of("\"/\\[]:;|=,+*?<>@") == std::string_view::npos &&
           name.find_first_not_of(". ") != std::string_view::npos && to_utf8(name) == name &&
           shown(name, 1000) == name;
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& accounts = facts.of_windows().access.accounts;
    if (!accounts) return std::unexpected(accounts.error());
    ChangeSet set;
    for (const auto& account : *accounts) {
        if (account.disabled != Truth::no || account.password_not_required != Truth::yes) continue;
        // An account without a password keeps it, whatever is required of the next one.
        if (account.has_password != Truth::yes)
            return failure(Errc::unsupported, "whether " + shown(account.name) +
                                                  " has a password has to be known first");
        if (!is_account_name(account.name))
            return failure(Errc::unsupported,
                           shown(account.name) + ": a name that no command takes as it is");
        CommandStep command{.argv = {"net", "user", account.name, "/passwordreq:yes"}, .saves = {}};
        command.inverse = {"net", "user", account.name, "/passwordreq:no"};
        set.changes.emplace_back(std::move(command));
    }
    return set;
}

}  // namespace

constinit const Fixer fixers::require_passwords{
    .id = "win-accounts-passwords",
    .title = "Require a password of every account that has one",
    .platform = Platform::windows_guest,
    .kind = FixKind::opt_in,
    .changes = "The flag of enabled accounts that they need no password (net user /passwordreq).",
    .leaves = "Every password; an account without one, which somebody has to give one to.",
    .plan = plan,
};

}  // namespace guestprep
