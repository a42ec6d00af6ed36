// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/access.h"

namespace guestprep {

Truth LoginUser::has_key() const {
    bool unread = !keys_elsewhere.where.empty();
    for (const auto& file : key_files) {
        if (file.usable > 0 && file.trouble.empty()) return Truth::yes;
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

}  // namespace guestprep
