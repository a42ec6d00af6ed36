// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/core/result.h"
#include "agent/formats/sshd_config.h"

namespace guestprep {

struct SshdDirective {
    std::string keyword;  ///< lower case, under its present name
    std::vector<std::string> args;
    std::string where;                 ///< "/etc/ssh/sshd_config:12"
    std::vector<std::size_t> matches;  ///< Match blocks that must all apply; empty: global
};

struct SshdMatch {
    std::string where;
    std::vector<std::pair<std::string, std::string>>
        criteria;  ///< attribute (lower case), patterns
};

/// What makes sshd refuse its configuration.
struct SshdProblem {
    std::string where;
    std::string what;
    bool certain = true;  ///< false: a keyword that a release unknown to us may have
};

struct SshdFile {
    std::string path;
    Result<std::string> text;
};

/// The files that a pattern of an Include names, in order; none where nothing matches.
using SshdIncludes = std::function<std::vector<SshdFile>(std::string_view pattern)>;

/// A configuration with its included files, in the order in which sshd reads them.
struct SshdSettings {
    std::vector<SshdDirective> directives;
    std::vector<SshdMatch> matches;
    std::vector<SshdProblem> problems;
    std::vector<Error> unread;  ///< included files that could not be read
};

[[nodiscard]] SshdSettings read_sshd_settings(std::string_view path, std::string_view text,
                                              std::optional<SshVersion> version,
                                              const SshdIncludes& includes);

/// Who logs in, for Match blocks. The client's address is one that no pattern names.
struct SshLogin {
    std::string_view user;
    std::vector<std::string> groups;
    std::vector<std::uint16_t> ports;  ///< LocalPort is known where sshd has only one
};

/// The values that hold for one login, or globally.
class SshdView {
public:
    explicit SshdView(const SshdSettings& settings);
    SshdView(const SshdSettings& settings, const SshLogin& login);

    /// The directive that decides: the first in a Match block that applies, else the first global.
    [[nodiscard]] const SshdDirective* first(std::string_view keyword) const;
    /// First argument of that directive; `otherwise` where there is none.
    [[nodiscard]] std::string_view value(std::string_view keyword,
                                         std::string_view otherwise = {}) const;
    [[nodiscard]] bool enabled(std::string_view keyword, bool otherwise) const;
    /// Every argument of a keyword whose lines add up (AllowUsers, ListenAddress).
    [[nodiscard]] std::vector<std::string> all(std::string_view keyword) const;

private:
    [[nodiscard]] bool applies(const SshdDirective& directive) const;
    const SshdSettings& settings_;
    std::vector<bool> active_;
};

/// One "ListenAddress" or, with an empty host, every address.
struct SshListen {
    std::string host;  ///< without brackets; "0.0.0.0", "::1", a name
    std::uint16_t port = 22;
    std::string where;
};

/// Host and port of a ListenAddress argument; port 0 where it names none.
[[nodiscard]] SshListen parse_listen_address(std::string_view text);

/// The ports of the Port lines, each once; {22} where there is none.
[[nodiscard]] std::vector<std::uint16_t> ssh_ports(const SshdView& view);

/// Everything sshd will listen on.
[[nodiscard]] std::vector<SshListen> ssh_listeners(const SshdSettings& settings);

/// The host part of "user@host" patterns and Match Address: true where it takes in an address that
/// nobody knows yet.
[[nodiscard]] bool matches_any_client(std::string_view patterns);

}  // namespace guestprep
