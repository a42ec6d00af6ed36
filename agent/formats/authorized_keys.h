// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/sshd_config.h"

namespace guestprep {

/// A key that may log in. The key itself is not kept.
struct AuthorizedKey {
    std::string type;  ///< "ssh-ed25519"
    std::string comment;
    std::size_t line = 0;
    bool has_options = false;
    bool refused = false;                ///< has an option that sshd does not know
    bool forced_command = false;         ///< command="...": no shell
    bool certificate_authority = false;  ///< signs keys, is none
    std::string from;                    ///< the client addresses it is limited to
    std::string expires;                 ///< expiry-time as written
};

struct AuthorizedKeys {
    std::vector<AuthorizedKey> keys;
    std::vector<std::size_t> bad_lines;  ///< neither a comment nor a key that sshd would take
};

[[nodiscard]] AuthorizedKeys parse_authorized_keys(std::string_view text);

/// True where sshd of that version takes such keys by default.
[[nodiscard]] bool takes_key_type(std::string_view type, std::optional<SshVersion> version);

/// "20300101", "203001011200Z" as seconds since 1970; nothing where it is no date. Local time is
/// taken for UTC: a day decides here, not an hour.
[[nodiscard]] std::optional<std::int64_t> expiry_seconds(std::string_view text);

}  // namespace guestprep
