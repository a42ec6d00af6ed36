// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "agent/host/host.h"

namespace guestprep {

/// Runs programs of the running system: no shell, no standard input, LC_ALL=C, a search path of
/// its own, a process group that dies with its time.
class LinuxProcesses final : public CommandRunner {
public:
    [[nodiscard]] Result<CommandOutput> run(const Command& command) const override;
};

/// Runs programs of a system that is mounted somewhere, with that directory as their root and this
/// machine's /proc, /sys and /dev in it, which vanish with the program. They are the guest's own
/// programs, run as root: only for a guest that one is about to change anyway.
class ProcessesIn final : public CommandRunner {
public:
    explicit ProcessesIn(std::string root) : root_(std::move(root)) {}
    [[nodiscard]] Result<CommandOutput> run(const Command& command) const override;

private:
    std::string root_;
};

}  // namespace guestprep
