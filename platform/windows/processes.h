// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agent/host/host.h"

namespace guestprep {

/// Runs programs of the running Windows: no shell, no standard input, no window, an environment of
/// the system's own variables, a job that dies with its time. A name without a folder is looked for
/// in the system's folders only; on a 64-bit Windows the program found is the 64-bit one. Scripts
/// (.bat, .cmd) are not run: that would be a shell. What a program prints comes as its bytes: most
/// use the console's code page.
class WindowsProcesses final : public CommandRunner {
public:
    [[nodiscard]] Result<CommandOutput> run(const Command& command) const override;
};

/// Words as one command line, so that CommandLineToArgvW and the C library of the program that is
/// started find the same words again.
[[nodiscard]] std::wstring command_line(const std::vector<std::string>& words);

}  // namespace guestprep
