// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "agent/core/change_set.h"
#include "agent/core/result.h"
#include "agent/facts/facts.h"
#include "agent/formats/boot_ini.h"

namespace guestprep {

/// boot.ini as a collector has read it, after an edit; nothing where that changes nothing. Error
/// unsupported: its text is not known.
[[nodiscard]] Result<ChangeSet> edit_boot_ini(const Facts& facts, const BootStore& store,
                                              const std::function<void(BootIni&)>& edit);

/// bcdedit with these words, and with others to take it back. The store is never written in another
/// way.
[[nodiscard]] CommandStep bcdedit(std::vector<std::string> words,
                                  std::vector<std::string> words_back);

/// Whether a switch of the boot configuration store is on, as a collector has read it.
[[nodiscard]] bool is_on_in_store(const Facts& facts, std::string_view id,
                                  std::string_view element);
/// The line of boot.ini that an entry is.
[[nodiscard]] std::size_t line_of(const BootLoaderObject& entry);

/// "{GUID}", which bcdedit takes for an entry and nothing else.
[[nodiscard]] bool is_entry_id(std::string_view id);

}  // namespace guestprep
