// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>

#include "agent/collect/access_parts.h"
#include "agent/collect/collect.h"
#include "agent/core/text.h"

namespace guestprep {
namespace {

Fact<std::vector<std::string>> lines_in(const FileReader& files, std::string_view path) {
    const auto text = files.read(GuestPath(path), std::size_t{1} << 20);
    if (!text) return Result<std::vector<std::string>>(std::unexpected(text.error()));
    std::vector<std::string> lines;
    for (const auto line : lines_of(*text)) lines.emplace_back(line);
    return lines;
}

/// Services beside the files that know accounts.
Fact<std::vector<std::string>> remote_sources(const FileReader& files) {
    const auto text = files.read(GuestPath("/etc/nsswitch.conf"));
    // Without the file the C library asks the files alone.
    if (!text && text.error().code == Errc::not_found) return std::vector<std::string>();
    if (!text) return Result<std::vector<std::string>>(std::unexpected(text.error()));
    constexpr std::string_view kRemote[] = {"sss",    "ldap",  "winbind", "nis",        "nisplus",
                                            "hesiod", "lsass", "vas4",    "centrifydc", "ad_agent"};
    std::vector<std::string> found;
    auto sources = nsswitch_sources(*text, "passwd");
    // "compat" hands "+" lines of passwd on to another source, NIS by default.
    const bool compat = std::ranges::find(sources, "compat") != sources.end();
    const auto passwd = files.read(GuestPath("/etc/passwd"));
    if (compat && passwd && parse_passwd(*passwd).takes_remote_accounts) {
        const auto more = nsswitch_sources(*text, "passwd_compat");
        sources.push_back(more.empty() ? "nis" : more.front());
    }
    for (const auto& source : sources)
        if (std::ranges::find(kRemote, source) != std::end(kRemote)) found.push_back(source);
    return found;
}

/// Without a configuration sssd knows the local accounts alone, whether it starts (RHEL 8) or not.
bool sssd_is_configured(const FileReader& files) {
    const auto file = files.info(GuestPath("/etc/sssd/sssd.conf"));
    if (file || file.error().code != Errc::not_found) return true;
    const auto more = files.list(GuestPath("/etc/sssd/conf.d"));
    if (!more) return more.error().code != Errc::not_found;
    return std::ranges::any_of(*more, [](const std::string& name) {
        return name.ends_with(".conf") && !name.starts_with('.');
    });
}

/// cloud-init's generator starts it where it sees a data source: on EC2, whatever it saw here.
ServiceState cloud_init_state(const FileReader& files, const BootServices& services) {
    constexpr std::string_view kNames[] = {"cloud-init.service", "cloud-init-network.service",
                                           "cloud-init-local.service"};
    auto state = services.first_of(kNames);
    if (state.starts() || files.exists(GuestPath("/etc/cloud/cloud-init.disabled"))) return state;
    for (const std::string_view base : {"/usr/lib", "/lib"}) {
        const auto generator = GuestPath(base) / "systemd/system-generators/cloud-init-generator";
        const GuestPath wants("/etc/systemd/system/cloud-init.target.wants");
        if (!files.exists(generator) || !files.exists(wants)) continue;
        if (state.state == Enablement::absent || state.state == Enablement::masked) continue;
        state.state = Enablement::enabled;
        state.evidence = generator.str();
    }
    return state;
}

}  // namespace

void collect_access(const Host& host, const BootServices& services, Facts& facts) {
    auto& access = facts.access;
    // RHEL and SUSE leave sss in nsswitch.conf where nothing is behind it.
    access.remote_accounts = remote_sources(host.files);
    if (access.remote_accounts && !sssd_is_configured(host.files))
        std::erase(*access.remote_accounts, "sss");
    access.hosts_allow = lines_in(host.files, "/etc/hosts.allow");
    access.hosts_deny = lines_in(host.files, "/etc/hosts.deny");
    // Read for the fixer that takes it away.
    if (const GuestPath nologin("/etc/nologin");
        host.files.read(nologin) || host.files.exists(nologin))
        access.nologin = {nologin.str(), "the file exists"};
    access.cloud_init = cloud_init_state(host.files, services);
    const auto ssh = collect_ssh_server(host, services, facts);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    collect_users(host, ssh, std::chrono::duration_cast<std::chrono::hours>(now).count() / 24,
                  facts);
}

}  // namespace guestprep
