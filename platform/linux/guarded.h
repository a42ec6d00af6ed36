// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace guestprep {

/// Calls `look(0)` to `look(count - 1)` in a child process and gives back their answers; nothing
/// for a call that crashed or did not answer within `each`, nor for any call once `total` is over.
///
/// A read from a dead device sleeps where no signal and no timeout reaches it: only a process that
/// can be left behind keeps the program from hanging.
[[nodiscard]] std::vector<std::optional<std::string>> guarded_answers(
    std::size_t count, const std::function<std::string(std::size_t)>& look,
    std::chrono::milliseconds each, std::chrono::milliseconds total);

}  // namespace guestprep
