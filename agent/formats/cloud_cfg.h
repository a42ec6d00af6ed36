// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "agent/core/result.h"

namespace guestprep {

/// What is left of a file of cloud.cfg.d without its "network: {config: disabled}": the text with
/// those lines as comments, nothing where the file says nothing else and can go. The text itself
/// where it does not say so. Error unsupported where that is not certain.
[[nodiscard]] Result<std::optional<std::string>> cloud_cfg_with_network(std::string_view text);

}  // namespace guestprep
