// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "agent/core/result.h"

namespace guestprep {

/// Texts of network configurations without the hardware addresses that they ask for or give; these
/// become comments, every other byte stays. Error unsupported where that is not certain. Netplan:
/// netplan_edits.h.

[[nodiscard]] std::string interfaces_without_mac(std::string_view text);
[[nodiscard]] Result<std::string> ifcfg_without_mac(std::string_view text);
[[nodiscard]] std::string keyfile_without_mac(std::string_view text);
/// A .network or .link file. Where nothing else is matched, it matches the names `glob`.
[[nodiscard]] std::string networkd_without_mac(std::string_view text, std::string_view key,
                                               std::string_view glob);

}  // namespace guestprep
