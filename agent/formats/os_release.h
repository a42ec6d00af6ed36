// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace guestprep {

/// What /etc/os-release says; members are empty optionals where it does not say.
struct OsRelease {
    std::optional<std::string> id, id_like, name, pretty_name, version, version_id, variant_id;
};
[[nodiscard]] OsRelease parse_os_release(std::string_view text);

/// "rhel", "debian", "suse"; the ID in lower case where it belongs to none of these.
[[nodiscard]] std::string distribution_family(std::string_view id, std::string_view id_like);

/// The line of /etc/redhat-release and its likes: "CentOS Linux release 7.4.1708 (Core)".
struct ReleaseLine {
    std::string product;   ///< "CentOS Linux"
    std::string version;   ///< all the numbers: "7.4.1708"
    std::string codename;  ///< "Core"
    bool beta = false;

    [[nodiscard]] std::string major() const;
    [[nodiscard]] std::string two_numbers() const;  ///< "7.4"
};
[[nodiscard]] std::optional<ReleaseLine> parse_release_line(std::string_view text);

}  // namespace guestprep
