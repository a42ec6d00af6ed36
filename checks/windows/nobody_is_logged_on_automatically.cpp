// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Disable autologon.
// Why:         The session that starts by itself disturbs the work of the import on the first
//              boot; its password lies in the registry in plain text.
// Source:      2018 document, Windows.
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"password-left", Severity::warning, "Autologon is off, and its password is still stored"},
};

bool is_on(const Fact<std::string>& value) { return value && trimmed(*value) == "1"; }

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& autologon = facts.of_windows().access.autologon;
    const auto at = [](std::string_view name) { return value_at(keys::kWinlogon, name); };
    if (is_on(autologon.enabled) || is_on(autologon.forced)) {
        const auto* name = is_on(autologon.enabled) ? "AutoAdminLogon" : "ForceAutoLogon";
        const auto user =
            autologon.user && !autologon.user->empty() ? shown(*autologon.user) : "an account";
        std::vector<Evidence> seen = {{at(name), "1", "0"}};
        if (autologon.password_is_stored == Truth::yes)
            seen.push_back({at("DefaultPassword"), "a password (not shown)", "no such value"});
        return fail(user + " is logged on automatically", std::move(seen));
    }
    if (!autologon.enabled && !autologon.enabled.is_absent())
        return unknown(autologon.enabled.error());
    if (!autologon.forced && !autologon.forced.is_absent())
        return unknown(autologon.forced.error());
    if (autologon.password_is_stored == Truth::yes)
        return fail("a password for autologon is stored in plain text",
                    {{at("DefaultPassword"), "a password (not shown)", "no such value"}})
            .as("password-left");
    if (autologon.password_is_stored == Truth::unknown)
        return unknown("whether a password for autologon is stored cannot be told")
            .as("password-left");
    return pass("autologon is off");
}

}  // namespace

constinit const Check checks::nobody_is_logged_on_automatically{
    .id = "win-autologon",
    .title = "Nobody is logged on automatically",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "Disable autologon.",
    .why =
        "The session that starts by itself disturbs the work of the import on the first boot; its "
        "password lies in the registry in plain text.",
    .source = "2018 document, Windows.",
    .looks_at =
        "AutoAdminLogon, ForceAutoLogon, AutoLogonCount and the presence of DefaultPassword below "
        "Winlogon; the password is never read.",
    .remedy = "Set AutoAdminLogon to 0 and remove DefaultPassword.",
    .evaluate = evaluate,
};

}  // namespace guestprep
