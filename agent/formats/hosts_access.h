// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

enum class WrapperVerdict : std::uint8_t { admitted, refused, unknown };

/// A line of one of the two files that had a say.
struct WrapperRule {
    std::string where;  ///< "/etc/hosts.deny:3"
    std::string text;
};

/// What TCP wrappers say to a client that no rule knows: neither its address nor its name.
struct WrapperDecision {
    WrapperVerdict verdict = WrapperVerdict::admitted;
    /// The line that decided, or that could not be understood; empty where no line applies.
    std::optional<WrapperRule> rule;
    /// Lines that let some known clients in, where the verdict is `refused`.
    std::vector<WrapperRule> exceptions;
};

/// Judges /etc/hosts.allow and /etc/hosts.deny (empty text for a file that is not there) as
/// hosts_access(5) and hosts_options(5) describe. Whether the daemon asks TCP wrappers at all is
/// not to be seen here.
[[nodiscard]] WrapperDecision judge_hosts_access(std::string_view allow, std::string_view deny,
                                                 std::string_view daemon = "sshd");

}  // namespace guestprep
