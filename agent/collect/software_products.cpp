// SPDX-License-Identifier: Apache-2.0
//
// Programs known by their services, files and modules.
#include <algorithm>

#include "agent/collect/access_parts.h"
#include "agent/collect/software_parts.h"
#include "agent/core/text.h"

namespace guestprep {
namespace {

/// Lists are words in one string.
struct Product {
    std::string_view name;
    std::string_view services;
    std::string_view files = {};    ///< patterns of paths
    std::string_view modules = {};  ///< patterns of names in /proc/modules
    std::string_view cron = {};     ///< files below /etc that cron runs
};

constexpr Product kProtection[] = {
    // Of ClamAV the scanners only: freshclam fetches signatures and stands in nobody's way.
    {"ClamAV", "clamav-daemon clamd clamd@scan clamd@amavisd clamav-clamonacc clamonacc"},
    {"Sophos Anti-Virus", "sav-protect sophos-spl savd", {}, "talpa_*"},
    {"McAfee or Trellix endpoint security",
     "nails isectpd mfetpd mfeespd mfeep",
     {},
     "mfe_* mfeaack* isec_*"},
    {"Trend Micro agent", "ds_agent splx", {}, "gsch dsa_filter tmhook splxmod bmhook"},
    {"CrowdStrike Falcon", "falcon-sensor", {}, "falcon_lsm_*"},
    {"Carbon Black", "cbdaemon cbagentd cb-psc-sensor"},
    {"SentinelOne", "sentinelone sentineld"},
    {"Microsoft Defender for Endpoint", "mdatp"},
    {"Wazuh or OSSEC", "wazuh-agent wazuh-manager ossec ossec-hids"},
    {"Snort", "snort snortd"},
    {"Suricata", "suricata"},
    {"Samhain", "samhain"},
    {"AIDE",
     "dailyaidecheck.timer aidecheck.timer aide.timer",
     {},
     {},
     "cron.daily/aide cron.daily/dailyaidecheck cron.d/aide"},
    {"Tripwire", "tripwire", {}, {}, "cron.daily/tripwire cron.daily/tripwire-check"},
    {"Symantec protection", "rtvscand autoprotect sisidsdaemon sisipsdaemon sisamdagent sisap"},
    {"ESET", "esets efs eea"},
    {"Kaspersky", "kesl klnagent64 kav4fs-supervisor"},
    {"Bitdefender", "bdsec bdsrvscand epagd bdauxd"},
    {"Cylance", "cylancesvc"},
    {"Cortex XDR", "traps_pmd cortexd"},
    {"Cybereason", "cybereason-sensor"},
    {"Trellix HX", "xagt"},
    {"Elastic Endpoint", "ElasticEndpoint"},
    {"F-Secure", "fsma fsaua f-secure-linuxsecurity-fsma"},
};

constexpr Product kGuestTools[] = {
    {"VirtualBox Guest Additions",
     "vboxadd-service vboxadd virtualbox-guest-utils vboxservice vboxguest",
     "/opt/VBoxGuestAdditions-* /usr/sbin/VBoxService"},
    {"Parallels Tools", "prltoolsd", "/usr/lib/parallels-tools /usr/bin/prltoolsd"},
    {"Hyper-V daemons", "hypervkvpd hv-kvp-daemon hv_kvp_daemon",
     "/usr/sbin/hypervkvpd /usr/sbin/hv_kvp_daemon"},
    {"QEMU guest agent", "qemu-guest-agent qemu-ga", "/usr/bin/qemu-ga /usr/sbin/qemu-ga"},
    {"XenServer guest utilities", "xe-linux-distribution xe-daemon",
     "/usr/sbin/xe-daemon /usr/sbin/xe-linux-distribution"},
    {"SPICE agent", "spice-vdagentd", "/usr/sbin/spice-vdagentd"},
};

std::vector<std::string> loaded_modules(const Host& host) {
    std::vector<std::string> names;
    if (!host.running) return names;
    if (const auto text = host.files.read(GuestPath("/proc/modules")))
        for (const auto line : lines_of(*text))
            if (const auto words = words_of(line); !words.empty()) names.emplace_back(words[0]);
    return names;
}

/// What is there of a product; an empty product name for nothing.
FoundSoftware find_product(const Host& host, const BootServices& services, const Product& product,
                           const std::vector<std::string>& modules) {
    FoundSoftware found;
    found.service = services.first_of(words_of(product.services));
    if (found.service.starts())
        for (const auto name : words_of(product.services))
            if (auto state = services.state(name); state.starts())
                found.starting.push_back(std::move(state));
    if (found.service.state != Enablement::absent && found.service.state != Enablement::unknown)
        found.evidence = found.service.evidence;
    for (const auto pattern : words_of(product.files))
        if (const auto files = glob(host.files, pattern); !files.empty() && found.evidence.empty())
            found.evidence = files.front().str();
    for (const auto name : words_of(product.cron))
        if (const auto path = GuestPath("/etc") / name; host.files.exists(path)) {
            // Read for those who take it out of the way.
            static_cast<void>(host.files.read(path, std::size_t{1} << 20));
            found.cron.push_back(path.str());
            if (found.service.starts()) continue;
            found.scheduled = true;
            found.evidence = path.str();
        }
    for (const auto pattern : words_of(product.modules))
        for (const auto& module : modules)
            if (matches_glob(pattern, module) && !found.loaded) {
                found.loaded = true;
                if (found.evidence.empty()) found.evidence = "/proc/modules: " + module;
            }
    if (!found.evidence.empty()) found.product = product.name;
    return found;
}

/// Xorg configurations that name a hypervisor's display driver: X then finds no screen on EC2.
void find_display_driver(const Host& host, std::vector<FoundSoftware>& out) {
    for (const std::string_view pattern :
         {"/etc/X11/xorg.conf", "/etc/X11/XF86Config", "/etc/X11/xorg.conf.d/*.conf"})
        for (const auto& path : glob(host.files, pattern)) {
            const auto text = host.files.read(path, std::size_t{1} << 20);
            if (!text) continue;
            std::size_t number = 0;
            for (const auto line : lines_of(*text)) {
                ++number;
                const auto words = words_of(line, " \t\"");
                if (words.size() != 2 || !equal_ignoring_case(words[0], "driver")) continue;
                if (words[1] != "vmware" && words[1] != "vboxvideo" && words[1] != "vmmouse")
                    continue;
                out.push_back({.product = "X configuration for a hypervisor's " +
                                          std::string(words[1]) + " device",
                               .evidence = at_line(path.str(), number),
                               .service = {.state = Enablement::absent}});
            }
        }
}

}  // namespace

Fact<std::vector<FoundSoftware>> find_protection(const Host& host, const BootServices& services) {
    // One service stands for all: where its state is unknown, so is that of the others.
    if (auto state = services.state("clamav-daemon"); state.state == Enablement::unknown)
        return failure(Errc::unsupported, state.note);
    const auto modules = loaded_modules(host);
    std::vector<FoundSoftware> out;
    for (const auto& product : kProtection)
        if (auto found = find_product(host, services, product, modules); !found.product.empty())
            out.push_back(std::move(found));
    return out;
}

std::vector<FoundSoftware> find_guest_tools(const Host& host, const BootServices& services) {
    std::vector<FoundSoftware> out;
    for (const auto& product : kGuestTools)
        if (auto found = find_product(host, services, product, {}); !found.product.empty())
            out.push_back(std::move(found));
    find_display_driver(host, out);
    return out;
}

}  // namespace guestprep
