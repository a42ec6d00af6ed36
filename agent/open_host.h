// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "agent/host/host.h"

namespace guestprep {

/// The guest to look at: the running system, or a directory. Owns what a Host points to.
class OpenedHost {
public:
    virtual ~OpenedHost() = default;
    [[nodiscard]] virtual Host host() const = 0;
    /// How many files were opened so far.
    [[nodiscard]] virtual std::size_t files_read() const = 0;
};

/// `root` empty: the running system. Commands that the collectors run end at `deadline` at the
/// latest. Errors: not_found, access_denied, wrong_type: the root is not a readable directory, or
/// holds no system that this program judges.
[[nodiscard]] Result<std::unique_ptr<OpenedHost>> open_host(
    const std::string& root, std::chrono::steady_clock::time_point deadline);

}  // namespace guestprep
