// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/profile.h"

namespace guestprep {

/// How a release stands to the rules of its distribution.
struct SystemMatch {
    const SystemRule* rule = nullptr;  ///< the one that names this release
    bool distribution_known = false;   ///< some rule names the distribution
    /// The version is too short to tell: "7", where the rules name 7.0 to 7.3.
    bool undecided = false;
    const SystemRule* same_major = nullptr;  ///< one that names releases of the same major version
    std::string listed;                      ///< the releases that are named: "7.0-7.3, 8.0"
};

[[nodiscard]] SystemMatch match_system(std::span<const SystemRule> rules,
                                       std::string_view distribution, std::string_view version,
                                       std::string_view edition);

/// "5.14.0" of "5.14.0-427.el9.x86_64": what the lists of kernels are made of.
[[nodiscard]] std::string_view kernel_base_version(std::string_view kernel);
[[nodiscard]] bool is_uek(std::string_view kernel);
/// `listed` as in SystemRule::kernels.
[[nodiscard]] bool kernel_is_listed(std::span<const std::string> listed, std::string_view kernel);

}  // namespace guestprep
