// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "agent/core/change_set.h"
#include "agent/facts/facts.h"

namespace guestprep {

/// The changes after which every kernel starts with these arguments ("net.ifnames", "0"): the
/// loader's configuration, and the command that writes its entries anew. Empty where the default
/// entry has them. Error unsupported for loaders other than GRUB.
[[nodiscard]] Result<ChangeSet> with_kernel_arguments(
    const Facts& facts, const std::vector<std::pair<std::string, std::string>>& arguments);

}  // namespace guestprep
