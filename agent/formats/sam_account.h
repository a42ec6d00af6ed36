// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"
#include "agent/core/truth.h"

namespace guestprep {

/// What a user's F and V values in the SAM hive tell. Whether there is a password is told by the
/// length of what is stored for it; the bytes are not looked at.
struct SamAccount {
    std::string name;
    std::uint64_t rid = 0;
    bool disabled = false;
    std::int64_t expires = 0;  ///< seconds since 1970; 0: never
    bool password_not_required = false;
    Truth has_password = Truth::unknown;
};

/// Errors: bad_syntax, a value is shorter than its own offsets say.
[[nodiscard]] Result<SamAccount> parse_sam_account(std::string_view f, std::string_view v);

/// The members of a local group, from its C value: SIDs as "S-1-5-21-1-2-3-500".
[[nodiscard]] Result<std::vector<std::string>> parse_sam_members(std::string_view c);

/// The machine's own SID, from the V value of Domains\Account.
[[nodiscard]] Result<std::string> parse_machine_sid(std::string_view v);

}  // namespace guestprep
