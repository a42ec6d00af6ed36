// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/host/host.h"

namespace guestprep {

struct SudoRight {
    std::string where;  ///< "/etc/sudoers:20: %wheel"; empty for none
    bool no_password = false;
};

/// The rules of sudo that give somebody everything, out of all its files.
struct SudoReading {
    struct Rule {
        std::string who;
        std::string where;
        bool no_password = false;
    };
    std::vector<Rule> rules;
    std::string unread;  ///< why the rules are not all known; empty where they are

    [[nodiscard]] SudoRight right_of(std::string_view user, std::uint32_t uid,
                                     const std::vector<std::string>& groups) const;
};

[[nodiscard]] SudoReading read_sudo(const FileReader& files);

}  // namespace guestprep
