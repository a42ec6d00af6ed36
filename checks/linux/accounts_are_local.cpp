// SPDX-License-Identifier: Apache-2.0
//
// Requirement: logins do not depend on a directory that the VPC cannot reach.
// Why:         without its LDAP, AD or NIS server the guest knows no such account, and boots
// slowly. Source:      agent's own rule (catalogue, linux-external-auth).
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"local-too", Severity::advice, "A local account can log in as well"},
};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& sources = facts.access.remote_accounts;
    if (!sources) return unknown(sources.error());
    if (sources->empty()) return pass("accounts come from local files");
    const auto names = join(*sources, ", ");
    std::vector<Evidence> evidence{
        {"/etc/nsswitch.conf", "passwd: ... " + names, "local accounts for the first login"}};
    const auto& users = facts.access.users;
    const bool local =
        users && std::ranges::any_of(*users, [](const LoginUser& user) {
            return user.key_login() == Truth::yes || user.password_login() == Truth::yes;
        });
    if (local)
        return fail("accounts come from " + names + " besides local ones", std::move(evidence))
            .as("local-too");
    return fail("accounts come from " + names + ", and no local one is known to get in",
                std::move(evidence));
}

}  // namespace

constinit const Check checks::accounts_are_local{
    .id = "linux-external-auth",
    .title = "Somebody can log in without a directory service",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement = "Not asked for by AWS; whoever is to log in first should be a local account.",
    .why =
        "LDAP, Active Directory and NIS servers of the old network are seldom reachable from a "
        "new VPC. Logins fail, and the boot waits for time-outs.",
    .source = "Own rule; see linux-ssh-key-user",
    .looks_at = "The passwd line of /etc/nsswitch.conf; sss counts where sssd is configured.",
    .remedy =
        "Make a local account with a key and sudo before the export, or see that the VPC "
        "reaches the directory from the first boot.",
    .evaluate = evaluate,
};

}  // namespace guestprep
