// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/grub_cfg.h"

namespace guestprep {

/// GRUB legacy's menu.lst or grub.conf.
struct GrubLegacy {
    std::vector<MenuEntry> menu;
    std::string default_setting;  ///< as written: a number, "saved", or empty
    std::size_t default_line = 0;
    std::optional<std::uint64_t> fallback;
    std::optional<std::uint64_t> timeout;  ///< seconds; none: the menu waits for a key
    bool asks_password = false;            ///< a "lock" line is only opened by the password
};

[[nodiscard]] GrubLegacy parse_grub_legacy(std::string_view text);

/// The entry that starts by itself; `saved` is the content of /boot/grub/default, for "saved".
/// Error not_found where the setting names none.
[[nodiscard]] Result<DefaultEntry> grub_legacy_default(const GrubLegacy& file,
                                                       const std::optional<std::string>& saved);

}  // namespace guestprep
