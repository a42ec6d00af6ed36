// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/host/accounts.h"

namespace guestprep {

/// The local accounts of the running Windows, asked of its network management functions, which any
/// administrator may call. Nobody is logged on to find out about passwords: that would count as an
/// attempt, and be seen in the log.
class WindowsAccounts final : public AccountReader {
public:
    [[nodiscard]] Result<std::vector<LocalAccount>> local_accounts() const override;
};

}  // namespace guestprep
