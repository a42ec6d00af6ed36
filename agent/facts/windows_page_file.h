// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agent/core/change_set.h"
#include "agent/core/result.h"
#include "agent/facts/facts.h"

namespace guestprep {

/// Makes PagingFiles these entries. Error unsupported: what it is now is not known.
[[nodiscard]] Result<ChangeSet> set_paging_files(const Facts& facts,
                                                 const std::vector<std::string>& entries);

}  // namespace guestprep
