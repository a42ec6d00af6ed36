// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agent/collect/services.h"

namespace guestprep {

/// One init system's way to tell. Shared by the services_*.cpp files only.
class ServiceBackend {
public:
    virtual ~ServiceBackend() = default;
    [[nodiscard]] virtual ServiceState state(std::string_view name) const = 0;
    [[nodiscard]] virtual std::optional<IniFile> unit_file(std::string_view /*name*/) const {
        return std::nullopt;
    }
};

/// Init scripts and the links that start them, as SysV init, upstart and systemd all know them.
class InitScripts {
public:
    explicit InitScripts(const FileReader& files) : files_(files) {}

    /// State under the given runlevels; boot-time folders (rcS.d, SUSE's boot.d) always count.
    [[nodiscard]] ServiceState state(std::string_view name, std::string_view runlevels) const;

private:
    /// The links that chkconfig or update-rc.d would make; empty where that is not known.
    [[nodiscard]] std::vector<StartLink> start_links(std::string_view service,
                                                     const GuestPath& script) const;
    /// The links that start it, in all runlevels of the normal work; empty where one is no link.
    [[nodiscard]] std::vector<StartLink> stop_links(std::string_view service) const;
    const FileReader& files_;
};

[[nodiscard]] std::unique_ptr<ServiceBackend> systemd_services(const FileReader& files,
                                                               bool running);
[[nodiscard]] std::unique_ptr<ServiceBackend> upstart_services(const FileReader& files);
[[nodiscard]] std::unique_ptr<ServiceBackend> sysv_services(const FileReader& files);
[[nodiscard]] std::unique_ptr<ServiceBackend> openrc_services(const FileReader& files);

[[nodiscard]] inline std::string_view without_service_suffix(std::string_view name) {
    if (name.ends_with(".service")) name.remove_suffix(8);
    return name;
}

}  // namespace guestprep
