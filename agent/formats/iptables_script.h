// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/iptables_state.h"

namespace guestprep {

/// The text of a file that a script names; nothing where it cannot be read.
using ReadNamedFile = std::function<std::optional<std::string>(std::string_view path)>;

/// What became of a script.
struct ScriptRun {
    bool touched = false;           ///< it holds a command for a packet filter
    std::vector<RulePlace> doubts;  ///< such commands that could not be followed
};

/// Follows a shell script as far as it is a plain list of commands: calls of iptables and
/// iptables-restore change `state`, variables set to plain values are known. A command for a packet
/// filter inside a condition or loop, or with a value that is computed, is a doubt.
[[nodiscard]] ScriptRun run_iptables_script(std::string_view path, std::string_view text,
                                            const ReadNamedFile& read, IptablesState& state);

}  // namespace guestprep
