// SPDX-License-Identifier: Apache-2.0
//
// Requirement: an account other than root can log in with a public key.
// Why:         AWS makes no ec2-user in an imported guest and puts no key into it.
// Source:      2018 document, General preparation (Linux); present guide, prepare-vm-image.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::size_t kMostShown = 8;
constexpr Variant kVariants[] = {
    {"discouraged", Severity::warning, "Only a password, root or a system account gets in"},
    {"cloud-init", Severity::warning, "Only cloud-init may add a key at the first start"},
    {"no-administrator", Severity::advice, "Nobody who gets in can become root"},
};

using Users = std::vector<LoginUser>;

std::vector<Evidence> reasons(const Users& users) {
    std::vector<Evidence> out;
    for (const auto& user : users) {
        if (out.size() == kMostShown) break;
        if (user.system_account) continue;
        const auto& where = user.refused.where.empty() ? user.where : user.refused.where;
        out.push_back({where, user.name + ": " + user.why_no_key_login(), ""});
    }
    if (!out.empty()) out.front().expected = "an account with a key that sshd takes";
    return out;
}

bool is_regular(const LoginUser& user) { return user.uid != 0 && !user.system_account; }

template <class Test>
const LoginUser* first_of(const Users& users, Test test) {
    const auto found = std::ranges::find_if(users, test);
    return found == users.end() ? nullptr : &*found;
}

Finding judge_key_users(const Users& users, const LoginUser& user) {
    if (!somebody_becomes_root(users))
        return fail(user.name + " gets in with a key, and nobody who gets in can become root",
                    {{user.where, "no sudo rule serves, and root has no password",
                      "a sudo rule for an account that can log in"}})
            .as("no-administrator")
            .advising(
                "Give the account a rule in /etc/sudoers.d, with NOPASSWD where it has no "
                "password.");
    return pass(user.name + " can log in with a key").with({{user.where, user.name, ""}});
}

/// No regular account has a key: what else gets in?
Finding judge_others(const AccessFacts& access, const Users& users) {
    const auto discouraged = [&](const LoginUser& user, std::string_view how) {
        return fail("only " + user.name + " with " + std::string(how) + " is sure to get in",
                    reasons(users))
            .as("discouraged");
    };
    const auto by_password = [](const LoginUser& user) {
        return user.password_login() == Truth::yes;
    };
    if (const auto* user =
            first_of(users, [&](const LoginUser& u) { return is_regular(u) && by_password(u); }))
        return discouraged(*user, "its password");
    if (const auto* user =
            first_of(users, [](const LoginUser& u) { return u.key_login() == Truth::yes; }))
        return discouraged(*user, "a key");
    if (const auto* user = first_of(users, by_password)) return discouraged(*user, "its password");
    const auto* open = first_of(users, [](const LoginUser& u) {
        return u.key_login() == Truth::unknown || u.password_login() == Truth::unknown;
    });
    if (open != nullptr)
        return unknown("cannot tell whether anybody can log in: " + open->name + ": " +
                       (open->key_login() == Truth::unknown ? open->why_no_key_login()
                                                            : "its password could not be read"))
            .with(reasons(users));
    if (access.users_left_out > 0)
        return unknown("the first " + std::to_string(users.size()) + " accounts have no login; " +
                       std::to_string(access.users_left_out) + " more were not looked at");
    if (access.remote_accounts && !access.remote_accounts->empty())
        return unknown("no local account can log in; those of " +
                       join(*access.remote_accounts, ", ") + " cannot be seen from here")
            .with(reasons(users));
    if (access.cloud_init.starts())
        return fail("no account can log in; cloud-init may add the launch key to its own user",
                    reasons(users))
            .as("cloud-init");
    return fail("no account can log in by SSH", reasons(users));
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& access = facts.access;
    if (access.ssh.program.is_absent()) return not_applicable("no OpenSSH server is installed");
    if (!access.ssh.config && !access.ssh.config.is_absent())
        return unknown(access.ssh.config.error());
    if (!access.ssh.unread.empty()) return unknown(access.ssh.unread.front());
    if (!access.users) return unknown(access.users.error());
    const auto& users = *access.users;
    if (const auto* user = first_of(
            users, [](const LoginUser& u) { return is_regular(u) && u.key_login() == Truth::yes; }))
        return judge_key_users(users, *user);
    if (const auto* user = first_of(users, [](const LoginUser& u) {
            return is_regular(u) && u.key_login() == Truth::unknown;
        }))
        return unknown("cannot tell whether " + user->name +
                       " can log in with a key: " + user->why_no_key_login());
    return judge_others(access, users);
}

}  // namespace

constinit const Check checks::user_can_log_in_with_key{
    .id = "linux-ssh-key-user",
    .title = "An account other than root can log in with a public key",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement =
        "The guest should have a user that logs in with a public key; password and root "
        "logins work and are discouraged.",
    .why =
        "AWS adds neither a user nor a key to an imported guest. What does not work today does "
        "not work on EC2.",
    .source =
        "2018 document, General preparation (Linux); "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prepare-vm-image.html",
    .looks_at =
        "passwd, shadow, group, login.defs, sshd_config with its Match blocks, the files of "
        "AuthorizedKeysFile with their owners and modes, sudoers.",
    .import_effect = "None: users and keys stay as they are.",
    .remedy =
        "Give a regular account a public key in ~/.ssh/authorized_keys (guestprep fix --add-key "
        "USER=FILE does it; folder 0700, file 0600, owned by the account), and see that "
        "sshd_config lets it in.",
    .evaluate = evaluate,
};

}  // namespace guestprep
