// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "agent/core/change_set.h"
#include "agent/facts/facts.h"

namespace guestprep {

/// The changes after which this configuration is for an interface of another name. Error
/// unsupported where it is not certain, or the new name is configured already.
[[nodiscard]] Result<ChangeSet> renamed(const Facts& facts, const InterfaceConfig& config,
                                        std::string_view name);

/// Other programs' files that name the interface and are safe to change: zones of firewalld, rules
/// of ufw, the DHCP server's and relay's list. Others are named in the notes.
[[nodiscard]] ChangeSet references_renamed(const Facts& facts, std::string_view from,
                                           std::string_view to);

}  // namespace guestprep
