// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"

namespace guestprep {

/// A release of OpenSSH, as far as its configuration parser differs.
struct SshVersion {
    int major = 0;
    int minor = 0;
    auto operator<=>(const SshVersion&) const = default;
};

/// "9.2p1", "OpenSSH_8.7p1"
[[nodiscard]] std::optional<SshVersion> parse_ssh_version(std::string_view text);

/// One line of a server configuration.
struct SshdLine {
    std::string text;               ///< as it stands, with its line ending
    std::string keyword;            ///< lower case; empty where the line sets nothing
    std::vector<std::string> args;  ///< without quotes and, where the version takes them, comments
    std::string problem;            ///< why sshd cannot take the line apart; empty if it can
};

struct SshdConfig {
    std::vector<SshdLine> lines;
};

/// Takes lines apart as sshd of that version does. From 8.7 words follow a shell's rules (both
/// quotes, backslashes) and a comment may follow them; before, '#' is a word like any other. No
/// version: as new ones do.
[[nodiscard]] SshdConfig parse_sshd_config(std::string_view text,
                                           std::optional<SshVersion> version = std::nullopt);
[[nodiscard]] std::string text_of(const SshdConfig& config);

/// sshd's own patterns: '*' and '?' only.
[[nodiscard]] bool matches_ssh_pattern(std::string_view pattern, std::string_view text);

/// A list with commas, where "!pattern" takes back what another pattern gave.
[[nodiscard]] bool matches_ssh_pattern_list(std::string_view list, std::string_view text);

}  // namespace guestprep
