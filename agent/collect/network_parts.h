// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/collect/collect.h"

/// What the network*.cpp files share.
namespace guestprep {

/// One look at the network's configuration. A file that is there and cannot be read leaves a line
/// in `facts.unread`: it might hold the one setting that matters.
class NetworkReader {
public:
    NetworkReader(const Host& the_host, const BootServices& at_boot, const Facts& earlier,
                  NetworkFacts& to)
        : host(the_host), files(the_host.files), services(at_boot), all(earlier), facts(to) {}

    const Host& host;
    const FileReader& files;
    const BootServices& services;
    const Facts& all;  ///< what earlier collectors found
    NetworkFacts& facts;

    /// Nothing for a file that is not there or not readable.
    [[nodiscard]] std::optional<std::string> text(const GuestPath& path);
    [[nodiscard]] std::vector<std::string> list(const GuestPath& path);
    /// Files with the ending in several directories: of two with one name only that in the earlier
    /// directory counts, and none where it is a link to /dev/null. Sorted by name.
    [[nodiscard]] std::vector<GuestPath> layered(const std::vector<std::string_view>& directories,
                                                 std::string_view ending);
    void unread(const GuestPath& path, const std::string& why);

    void interfaces_files();  ///< ifupdown
    void ifcfg_files();       ///< RHEL, SUSE
    void network_manager();   ///< settings and profiles
    void networkd();          ///< .network files
    void netplan();
    void link_ports();  ///< what masters say of their ports, carried over to these

    void nics();
    void managers();
    void naming();
    void cloud_init();
    void dhcp_limits();
    void name_uses();
};

[[nodiscard]] NicKind kind_of_name(std::string_view name);
/// "eth*" stands for "eth0": any of the globs may be for hardware.
[[nodiscard]] NicKind kind_of_names(const std::vector<std::string>& globs);

[[nodiscard]] ConfigLine config_line(std::string_view path, std::size_t line,
                                     std::string_view text);

/// A file that says, by its name or its head, that cloud-init wrote it.
[[nodiscard]] bool is_by_cloud_init(const GuestPath& path, std::string_view text);

}  // namespace guestprep
