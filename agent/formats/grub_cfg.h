// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"

namespace guestprep {

/// One line of a boot menu, whichever loader shows it, and what it would boot. Paths are as the
/// loader sees them: on the boot partition, without "/boot" where that is a partition of its own.
struct MenuEntry {
    std::string title;
    std::string id;
    std::string file;      ///< where that is not the configuration itself: a loader entry's
    std::size_t line = 0;  ///< 1-based
    /// False where it depends on something only the running loader knows (the firmware, mostly).
    bool certain = true;
    bool is_bls = false;  ///< not an entry: the entries of /boot/loader/entries stand here
    bool is_submenu = false;
    std::vector<MenuEntry> children;  ///< of a submenu

    std::string command;  ///< "linux", "linux16", "linuxefi", "kernel", "multiboot", or empty
    std::string kernel;
    std::string hypervisor;  ///< Xen's, where one is started before the kernel
    std::string command_line;
    std::size_t command_line_line = 0;
    std::vector<std::string> initrds;
    bool chainloads = false;    ///< hands over to another loader: most likely another system
    std::string configfile;     ///< another configuration that it goes on with
    bool unrestricted = false;  ///< starts without a password even where others ask for one
};

/// GRUB 2's grub.cfg, run as the loader would run it at the next boot: variables are expanded,
/// conditions that can be known are decided, of others both sides are taken.
struct GrubCfg {
    struct Variable {
        std::string value;
        bool certain = true;
    };
    std::vector<MenuEntry> menu;
    std::map<std::string, Variable> variables;  ///< as they stand when the menu appears
    std::vector<std::string> continues_in;      ///< configfile and source at top level
    bool uses_blscfg = false;
    bool loads_environment = false;  ///< has a load_env
    bool asks_password = false;      ///< superusers are set: entries ask, unless unrestricted
    std::vector<std::string> problems;

    [[nodiscard]] const Variable* variable(std::string_view name) const;
    /// Puts variables in the place of "$name" and "${name}"; unknown ones are empty.
    [[nodiscard]] std::string expand(std::string_view text) const;
};

/// `saved` is what grubenv holds; none where there is no readable one.
[[nodiscard]] GrubCfg parse_grub_cfg(std::string_view text,
                                     const std::map<std::string, std::string>* saved);

/// Which entry GRUB 2 starts when nobody touches the keyboard.
struct DefaultEntry {
    std::vector<std::size_t> path;  ///< index in the menu, then in the submenu ...
    std::string why;
    /// The setting names no entry, so the first one is taken.
    bool fell_back = false;
};
/// Error not_found for an empty menu, unsupported where it depends on what only the running loader
/// knows.
[[nodiscard]] Result<DefaultEntry> grub_default(const std::vector<MenuEntry>& menu,
                                                std::string_view setting);

}  // namespace guestprep
