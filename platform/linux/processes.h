// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/host/host.h"

namespace guestprep {

/// Runs programs of the running system: no shell, no standard input, LC_ALL=C, a search path of
/// its own, a process group that dies with its time.
class LinuxProcesses final : public CommandRunner {
public:
    [[nodiscard]] Result<CommandOutput> run(const Command& command) const override;
};

}  // namespace guestprep
