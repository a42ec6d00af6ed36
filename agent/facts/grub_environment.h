// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "agent/core/change_set.h"
#include "agent/facts/facts.h"

namespace guestprep {

/// The edit of GRUB's environment block after which it starts this entry, where it follows it.
/// Errors: the block is not there, is damaged, or its text is not known.
[[nodiscard]] Result<FileEdit> with_saved_entry(const Facts& facts, const std::string& entry);

/// The block names one of the menu's entries.
[[nodiscard]] bool saves_an_entry(const BootFacts& boot);

}  // namespace guestprep
