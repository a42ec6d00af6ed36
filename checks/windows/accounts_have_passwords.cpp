// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The administrator account and all other user accounts must have secure passwords.
// Why:         The import may fail; and an account without a password cannot log on over the
//              network.
// Source:      2018 document, Windows.
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"not-required", Severity::warning, "An account has a password and is allowed to have none"},
};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    if (const auto release = release_of(windows.system); release && release->is_domain_controller)
        return not_applicable("a domain controller keeps its accounts in the directory");
    const auto& accounts = windows.access.accounts;
    if (!accounts) return unknown("local accounts are not known: " + accounts.error().message);
    std::vector<Evidence> blank, lax, unseen;
    for (const auto& account : *accounts) {
        if (account.disabled == Truth::yes) continue;
        const auto where = "account " + shown(account.name);
        if (account.disabled == Truth::unknown || account.has_password == Truth::unknown)
            unseen.push_back({where,
                              account.password_not_required == Truth::yes
                                  ? "not determined; none is required"
                                  : "not determined",
                              "a password"});
        else if (account.has_password == Truth::no)
            blank.push_back({where, "no password", "a password, or disabled"});
        else if (account.password_not_required == Truth::yes)
            lax.push_back({where, "a password is not required", "one is"});
    }
    if (!blank.empty()) {
        auto summary = blank.front().where + " is enabled and has no password";
        return fail(std::move(summary), std::move(blank));
    }
    if (!unseen.empty()) {
        auto summary = "whether " + unseen.front().where + " has a password cannot be told";
        return unknown(std::move(summary)).with(std::move(unseen));
    }
    if (!lax.empty()) {
        auto summary = lax.front().where + " may have an empty password";
        return fail(std::move(summary), std::move(lax)).as("not-required");
    }
    return pass("every account that is enabled has a password");
}

}  // namespace

constinit const Check checks::accounts_have_passwords{
    .id = "win-accounts-passwords",
    .title = "Every account that is enabled has a password",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement =
        "The administrator account and all other user accounts must have secure passwords.",
    .why = "The import may fail; and an account without a password cannot log on over the network.",
    .source = "2018 document, Windows.",
    .looks_at =
        "The SAM hive: whether a hash is stored for each account that is enabled (its length, "
        "never the hash), and the flag that no password is needed. Where the hive may not be read, "
        "what Windows tells of its accounts: all but whether there is a password.",
    .remedy = "Give each named account a password, or disable it.",
    .evaluate = evaluate,
};

}  // namespace guestprep
