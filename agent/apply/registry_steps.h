// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agent/apply/apply.h"

/// The steps that change a value of the registry. Shared by the files of this folder.
namespace guestprep {

/// What values will be when the steps looked at so far are taken back, by key and name.
using ComingValues = std::map<std::pair<std::string, std::string>, std::optional<RegistryValue>>;

[[nodiscard]] Result<TouchedValue> touched_by(const RegistryEdit& edit,
                                              const std::vector<Step>& earlier,
                                              const Workshop& shop);

/// Sets or removes the value and looks whether it is as it should be.
[[nodiscard]] Result<void> change_value(const TouchedValue& value, Workshop& shop);

/// Puts back the value and removes the keys that were made for it. A secret stays removed: what it
/// was is not known.
[[nodiscard]] Result<void> put_back(const TouchedValue& value, Workshop& shop);

/// Whether the value is as the run left it, or as it was before; notes in `coming` what taking it
/// back makes of it.
[[nodiscard]] Result<void> can_put_back(const TouchedValue& value, const Run& run,
                                        const Workshop& shop, ComingValues& coming);

}  // namespace guestprep
