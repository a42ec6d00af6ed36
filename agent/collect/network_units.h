// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "agent/collect/network_parts.h"
#include "agent/formats/ini_file.h"

namespace guestprep {

/// A file of systemd's network directories with its drop-ins.
struct UnitFiles {
    std::vector<GuestPath> paths;  ///< the file itself first
    std::vector<IniFile> files;
    bool by_cloud_init = false;
};

/// All that count for the next boot, in the order in which systemd tries them.
[[nodiscard]] std::vector<UnitFiles> network_units(NetworkReader& reader, std::string_view ending);

}  // namespace guestprep
