// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// What a boot loader other than GRUB is set up to start: enough to name it in a report, since
/// none of them can be imported.
struct OtherLoader {
    struct Entry {
        std::string label;
        std::string kernel;  ///< empty: another system
        std::string root;  ///< root= of the kernel's command line, or the loader's own word for it
    };
    std::vector<Entry> entries;
    std::string default_label;  ///< empty where the file does not say
};

[[nodiscard]] OtherLoader parse_lilo_conf(std::string_view text);      ///< and elilo.conf
[[nodiscard]] OtherLoader parse_extlinux_conf(std::string_view text);  ///< and syslinux.cfg

}  // namespace guestprep
