// SPDX-License-Identifier: Apache-2.0
#include "agent/watchdog.h"

#include <cstdio>
#include <cstdlib>

namespace guestprep {

Watchdog::Watchdog(std::chrono::milliseconds limit, std::string message, int exit_code)
    : thread_([this, limit, text = std::move(message), exit_code] {
          std::unique_lock lock(mutex_);
          if (ended_.wait_for(lock, limit, [this] { return done_; })) return;
          std::fputs(text.c_str(), stderr);
          std::_Exit(exit_code);
      }) {}

Watchdog::~Watchdog() {
    {
        const std::lock_guard lock(mutex_);
        done_ = true;
    }
    ended_.notify_one();
    thread_.join();
}

}  // namespace guestprep
