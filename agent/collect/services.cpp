// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/services.h"

#include "agent/collect/service_backends.h"
#include "agent/core/text.h"

namespace guestprep {
namespace {

std::unique_ptr<ServiceBackend> backend_for(InitSystem init, const Host& host) {
    switch (init) {
        case InitSystem::systemd:
            return systemd_services(host.files, host.running);
        case InitSystem::upstart:
            return upstart_services(host.files);
        case InitSystem::sysv:
            return sysv_services(host.files);
        case InitSystem::openrc:
            return openrc_services(host.files);
        case InitSystem::unknown:
            break;
    }
    return nullptr;
}

bool has_systemd(const FileReader& files) {
    return files.exists(GuestPath("/usr/lib/systemd/systemd")) ||
           files.exists(GuestPath("/lib/systemd/systemd"));
}

bool has_upstart(const FileReader& files) {
    // RHEL 6 and Ubuntu before 15.04: upstart is /sbin/init itself, and its jobs start the rest.
    return files.exists(GuestPath("/sbin/initctl")) &&
           (files.exists(GuestPath("/etc/init/rc.conf")) ||
            files.exists(GuestPath("/etc/init/rc-sysinit.conf")));
}

bool has_init_scripts(const FileReader& files) {
    return files.exists(GuestPath("/etc/inittab")) || files.is_directory(GuestPath("/etc/rc2.d")) ||
           files.is_directory(GuestPath("/etc/rc.d/rc3.d")) ||
           files.is_directory(GuestPath("/etc/init.d/rc3.d"));
}

}  // namespace

std::vector<std::string> unit_words(const IniFile& unit, std::string_view section,
                                    std::string_view key) {
    std::vector<std::string> out;
    for (const auto& entry : unit.entries()) {
        if (entry.section != section || entry.key != key) continue;
        if (entry.value.empty()) out.clear();
        for (const auto word : words_of(entry.value)) out.emplace_back(word);
    }
    return out;
}

InitSystem init_system_of(const FileReader& files) {
    const GuestPath init("/sbin/init");
    if (const auto real = files.resolve(init)) {
        if (real->name() == "systemd") return InitSystem::systemd;
        if (real->name() == "upstart") return InitSystem::upstart;
        if (real->name() == "openrc-init") return InitSystem::openrc;
    }
    if (files.is_directory(GuestPath("/etc/runlevels")) &&
        (files.exists(GuestPath("/sbin/openrc")) || files.exists(GuestPath("/usr/sbin/openrc"))))
        return InitSystem::openrc;
    if (has_upstart(files)) return InitSystem::upstart;
    // Debian 7 and 8 can carry systemd beside SysV init: a /sbin/init of its own decides.
    if (!files.exists(init) && has_systemd(files)) return InitSystem::systemd;
    if (has_init_scripts(files)) return InitSystem::sysv;
    if (has_systemd(files)) return InitSystem::systemd;
    return InitSystem::unknown;
}

BootServices::BootServices(const Host& host, InitSystem init)
    : init_(init == InitSystem::unknown ? init_system_of(host.files) : init),
      backend_(backend_for(init_, host)) {}

BootServices::~BootServices() = default;

ServiceState BootServices::state(std::string_view name) const {
    if (backend_) return backend_->state(name);
    return {.name = std::string(name), .note = "the init system is not known"};
}

std::optional<IniFile> BootServices::unit_file(std::string_view name) const {
    return backend_ ? backend_->unit_file(name) : std::nullopt;
}

ServiceState BootServices::first_of(std::span<const std::string_view> names) const {
    ServiceState best;
    const auto rank = [](const ServiceState& state) {
        if (state.starts()) return 5;
        switch (state.state) {
            case Enablement::enabled:
                return 4;
            case Enablement::masked:
            case Enablement::disabled:
            case Enablement::fixed:
                return 3;
            case Enablement::unknown:
                return 2;
            case Enablement::absent:
                break;
        }
        return 1;
    };
    bool first = true;
    for (const auto name : names) {
        auto found = state(name);
        if (first || rank(found) > rank(best)) best = std::move(found);
        first = false;
    }
    return best;
}

}  // namespace guestprep
