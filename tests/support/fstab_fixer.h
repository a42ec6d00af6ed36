// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "agent/core/fixer.h"
#include "agent/facts/facts.h"

// What the tests of fixers of /etc/fstab share.
namespace guestprep {

/// plain_machine() with this /etc/fstab.
[[nodiscard]] Facts machine_with_fstab(std::string_view text,
                                       InitSystem init = InitSystem::systemd);
/// Fails the test where the fixer refuses.
[[nodiscard]] ChangeSet planned(const Fixer& fixer, const Facts& facts);
/// The text of the one edit, of /etc/fstab, that the fixer plans.
[[nodiscard]] std::string fixed_fstab(const Fixer& fixer, const Facts& facts);

}  // namespace guestprep
