// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agent/core/result.h"
#include "agent/core/truth.h"

namespace guestprep {

/// A local account of Windows, as the system itself tells of it. Whether it has a password is not
/// among what the system tells.
struct LocalAccount {
    std::string name;
    std::uint64_t rid = 0;
    bool disabled = false;
    bool password_not_required = false;
    bool expired = false;
    Truth is_administrator = Truth::unknown;
    Truth is_remote_user = Truth::unknown;
};

/// Asks the running Windows for its local accounts, where the SAM hive may not be read.
/// Errors: access_denied, unsupported, io.
class AccountReader {
public:
    virtual ~AccountReader() = default;
    [[nodiscard]] virtual Result<std::vector<LocalAccount>> local_accounts() const = 0;
};

}  // namespace guestprep
