// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "agent/facts/windows.h"

namespace guestprep {

inline constexpr std::string_view kDefenderProduct = "Microsoft Defender";

/// The antivirus or intrusion detection that a service belongs to, by its name, its load order
/// group or its filter's altitude; "an antivirus filter" of a product without a name here. Empty
/// for every other service.
[[nodiscard]] std::string protection_product(const WindowsService& service);

}  // namespace guestprep
