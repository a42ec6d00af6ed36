// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/sshd_config.h"

namespace guestprep {

/// The newest release whose keywords are known here.
inline constexpr SshVersion kNewestKnownSsh{10, 2};

/// The present name of a keyword that was renamed; the same name for others. Lower case.
[[nodiscard]] std::string_view present_ssh_keyword(std::string_view keyword);

struct SshdComplaint {
    std::string what;  ///< empty: sshd takes the line
    bool certain = true;
};

/// What sshd says of a line, as far as it can be told without running it. `keyword` as written, in
/// lower case.
[[nodiscard]] SshdComplaint ssh_complaint(std::string_view keyword,
                                          const std::vector<std::string>& args, bool in_match,
                                          std::optional<SshVersion> version);

}  // namespace guestprep
