// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace guestprep {

/// Ends the program when something takes too long that nothing can interrupt: a file on a network
/// share whose server is gone holds a reader in the kernel for ever. Only for stretches that change
/// nothing.
class Watchdog {
public:
    /// After `limit`, writes `message` to standard error and exits with `exit_code`.
    Watchdog(std::chrono::milliseconds limit, std::string message, int exit_code);
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

private:
    std::mutex mutex_;
    std::condition_variable ended_;
    bool done_ = false;
    std::thread thread_;
};

}  // namespace guestprep
