// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>

#include "agent/host/host.h"

namespace guestprep {

/// Gives no command more time than what is left for looking.
class HurriedCommands final : public CommandRunner {
public:
    HurriedCommands(const CommandRunner& commands, std::chrono::steady_clock::time_point deadline)
        : commands_(commands), deadline_(deadline) {}
    Result<CommandOutput> run(const Command& command) const override {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline_ - std::chrono::steady_clock::now());
        if (left <= std::chrono::milliseconds::zero())
            return failure(Errc::timed_out,
                           command.argv.front() + ": not run, no time is left (--timeout)");
        auto hurried = command;
        hurried.timeout = std::min(hurried.timeout, left);
        return commands_.run(hurried);
    }

private:
    const CommandRunner& commands_;
    std::chrono::steady_clock::time_point deadline_;
};

}  // namespace guestprep
