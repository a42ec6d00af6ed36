// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "agent/core/result.h"
#include "agent/facts/windows.h"

namespace guestprep {

/// Which Windows this is, in the words of the profiles.
struct WindowsRelease {
    std::string id;     ///< "2003", "2008r2", "1709", "2025", "7", "8.1", "11"; empty: none we know
    std::string title;  ///< as the system calls itself
    std::string edition;  ///< "standard", "datacenter", "home", ...; empty where it is not known
    bool is_server = false;
    bool is_domain_controller = false;
    unsigned major = 0, minor = 0, build = 0;
    std::string architecture;  ///< "amd64", "x86", "arm64", "ia64"; empty where it is not known

    /// "6.1" or later, as Windows numbers itself.
    [[nodiscard]] bool at_least(unsigned wanted_major, unsigned wanted_minor) const {
        return major > wanted_major || (major == wanted_major && minor >= wanted_minor);
    }
};

/// Errors: those of the values that would have told.
[[nodiscard]] Result<WindowsRelease> release_of(const WindowsSystemFacts& system);

}  // namespace guestprep
