// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/facts/os.h"
#include "agent/facts/services.h"
#include "agent/formats/ini_file.h"
#include "agent/host/host.h"

namespace guestprep {

class ServiceBackend;

/// Every word assigned to a key of a unit file, over all its lines; an empty assignment starts
/// anew.
[[nodiscard]] std::vector<std::string> unit_words(const IniFile& unit, std::string_view section,
                                                  std::string_view key);

/// Which program will be process 1, told by files alone.
[[nodiscard]] InitSystem init_system_of(const FileReader& files);

/// The runlevel a SysV or upstart system boots into, from /etc/inittab or the distribution's habit.
[[nodiscard]] char default_runlevel(const FileReader& files);

/// Answers what the next boot will start, from files alone, so that it serves a mounted disk as
/// well. What lies in /run is left out (it is gone by then), but for what systemd's generators
/// made of the configuration.
///
/// Known limits: units that a generator would make on a mounted disk are not seen, but for those of
/// SysV scripts (netplan, for one, starts systemd-networkd that way); systemd.unit= on the kernel
/// command line is not followed.
class BootServices {
public:
    /// `init` unknown: looks for itself.
    explicit BootServices(const Host& host, InitSystem init = InitSystem::unknown);
    ~BootServices();
    BootServices(const BootServices&) = delete;
    BootServices& operator=(const BootServices&) = delete;

    [[nodiscard]] InitSystem init() const { return init_; }

    /// `name` with or without ".service"; other units ("ssh.socket") exist under systemd only.
    [[nodiscard]] ServiceState state(std::string_view name) const;

    /// The same service under the names that distributions give it: the first that starts, else
    /// the first that is there, else an absent one.
    [[nodiscard]] ServiceState first_of(std::span<const std::string_view> names) const;

    /// A unit's file with its drop-ins; nothing where there is none or systemd is not the init.
    [[nodiscard]] std::optional<IniFile> unit_file(std::string_view name) const;

private:
    InitSystem init_;
    std::unique_ptr<ServiceBackend> backend_;  ///< none where the init system is not known
};

}  // namespace guestprep
