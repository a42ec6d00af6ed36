// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Somebody must be able to log on after the import, without a domain controller at
//              hand.
// Why:         Domain accounts cannot log on where the new network reaches no domain controller.
// Source:      Implied by the 2018 document, Windows; AWS MGN readiness checks.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Truth opposite(Truth truth) {
    return truth == Truth::yes ? Truth::no : truth == Truth::no ? Truth::yes : Truth::unknown;
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    if (const auto release = release_of(windows.system); release && release->is_domain_controller)
        return not_applicable("a domain controller has no local accounts");
    const auto& accounts = windows.access.accounts;
    if (!accounts) return unknown("local accounts are not known: " + accounts.error().message);
    bool is_open = false;
    std::vector<Evidence> seen;
    for (const auto& account : *accounts) {
        const auto member = std::max(account.is_administrator, account.is_remote_user);
        const auto usable = std::min(
            {opposite(account.disabled), opposite(account.expired), account.has_password, member});
        if (usable == Truth::yes)
            return pass(shown(account.name) + " can log on by Remote Desktop");
        is_open = is_open || usable == Truth::unknown;
        const auto* why = account.disabled == Truth::yes      ? "disabled"
                          : account.expired == Truth::yes     ? "expired"
                          : account.has_password == Truth::no ? "no password"
                                                              : "in neither group";
        seen.push_back({"account " + shown(account.name),
                        usable == Truth::unknown ? "not determined" : why,
                        "enabled, with a password, in Administrators or Remote Desktop Users"});
    }
    if (is_open)
        return unknown("whether a local account can log on cannot be told").with(std::move(seen));
    return fail("no local account can log on by Remote Desktop", std::move(seen));
}

}  // namespace

constinit const Check checks::user_can_use_remote_desktop{
    .id = "win-rdp-user",
    .title = "A local account can log on by Remote Desktop",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement =
        "Somebody must be able to log on after the import, without a domain controller at hand.",
    .why = "Domain accounts cannot log on where the new network reaches no domain controller.",
    .source = "Implied by the 2018 document, Windows; AWS MGN readiness checks.",
    .looks_at =
        "The SAM hive: accounts that are enabled, not expired, have a password, and are in "
        "Administrators or "
        "Remote Desktop Users.",
    .remedy =
        "Enable a local account with a password that is in Administrators or Remote Desktop Users.",
    .evaluate = evaluate,
};

}  // namespace guestprep
