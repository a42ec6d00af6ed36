// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/access.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {

Truth LoginUser::has_key() const {
    bool unread = !keys_elsewhere.where.empty();
    for (const auto& file : key_files) {
        if (file.usable > 0 && file.trouble.empty() && file.unread.empty()) return Truth::yes;
        unread |= !file.unread.empty();
    }
    return unread ? Truth::unknown : Truth::no;
}

Truth LoginUser::has_password() const {
    switch (password) {
        case PasswordState::hash:
            return Truth::yes;
        case PasswordState::empty:
            return empty_password_allowed ? Truth::yes : Truth::no;
        case PasswordState::unknown:
            return Truth::unknown;
        case PasswordState::locked:
        case PasswordState::other:
            break;
    }
    return Truth::no;
}

Truth LoginUser::key_login() const {
    if (!refused.text.empty() || !keys_allowed) return Truth::no;
    if (key_suffices) return has_key();
    if (!key_and_password_suffice || has_key() == Truth::no || !passwords_allowed) return Truth::no;
    return has_key() == Truth::yes ? has_password() : Truth::unknown;
}

Truth LoginUser::password_login() const {
    if (!refused.text.empty() || !passwords_allowed || !password_suffices) return Truth::no;
    return has_password();
}

std::string LoginUser::why_no_key_login() const {
    if (!refused.text.empty()) return refused.text;
    if (!keys_allowed) return "sshd takes no key of it";
    if (home_is_missing) return "its home " + shown(home, 60) + " does not exist";
    for (const auto& file : key_files) {
        if (!file.trouble.empty()) return "sshd passes its keys over: " + file.trouble;
        if (!file.unread.empty()) return file.unread;
        if (file.usable == 0 && file.limited + file.bad_lines > 0)
            return file.path + " has no key that opens a shell from anywhere";
    }
    if (!keys_elsewhere.text.empty()) return "its keys come from " + keys_elsewhere.text;
    if (!key_suffices && has_key() == Truth::yes)
        return "more than a key is asked for: " + methods.text;
    return "it has no key file";
}

bool somebody_becomes_root(const std::vector<LoginUser>& users) {
    return std::ranges::any_of(users, [](const LoginUser& user) {
        const bool gets_in = user.key_login() == Truth::yes || user.password_login() == Truth::yes;
        const bool su = user.uid == 0 && user.password != PasswordState::locked &&
                        user.password != PasswordState::other;
        return su || (gets_in && user.administrator != Truth::no);
    });
}

}  // namespace guestprep
