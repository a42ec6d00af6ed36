// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Disable antivirus and intrusion detection for the import; switch them on again
//              afterwards.
// Why:         They stop the drivers that the import installs, or the network of the first boot.
// Source:      2018 document, General; https://docs.aws.amazon.com/vm-
//              import/latest/userguide/vmimport-troubleshooting.html
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"defender", Severity::advice, "Only Microsoft Defender, which comes with Windows"},
};

struct Known {
    std::string_view service, product;
};
// Services of products; a trailing * fits whatever follows.
constexpr Known kKnown[] = {
    {"McShield", "McAfee"},
    {"mfefire", "McAfee"},
    {"mfemms", "McAfee"},
    {"McAfeeFramework", "McAfee"},
    {"mfevtp", "McAfee"},
    {"enterceptAgent", "McAfee"},
    {"HipShieldK", "McAfee"},
    {"masvc", "McAfee"},
    {"mfeesp", "McAfee"},
    {"SepMasterService", "Symantec"},
    {"ccSvcHst", "Symantec"},
    {"ccEvtMgr", "Symantec"},
    {"Symantec AntiVirus", "Symantec"},
    {"SmcService", "Symantec"},
    {"SymEFA*", "Symantec"},
    {"BHDrvx*", "Symantec"},
    {"ds_agent", "Trend Micro"},
    {"ntrtscan", "Trend Micro"},
    {"tmlisten", "Trend Micro"},
    {"TmPreFilter", "Trend Micro"},
    {"TmCCSF", "Trend Micro"},
    {"Amsp", "Trend Micro"},
    {"SAVService", "Sophos"},
    {"Sophos *", "Sophos"},
    {"SntpService", "Sophos"},
    {"SAVOnAccess", "Sophos"},
    {"ekrn", "ESET"},
    {"ekrnEpfw", "ESET"},
    {"eamonm", "ESET"},
    {"AVP*", "Kaspersky"},
    {"klnagent", "Kaspersky"},
    {"KLIF", "Kaspersky"},
    {"klim6", "Kaspersky"},
    {"CSFalconService", "CrowdStrike"},
    {"CSAgent", "CrowdStrike"},
    {"SentinelAgent", "SentinelOne"},
    {"SentinelMonitor", "SentinelOne"},
    {"CylanceSvc", "Cylance"},
    {"CbDefense", "Carbon Black"},
    {"CarbonBlack", "Carbon Black"},
    {"Parity", "Carbon Black"},
    {"WRSVC", "Webroot"},
    {"EPSecurityService", "Bitdefender"},
    {"EPProtectedService", "Bitdefender"},
    {"bdredline", "Bitdefender"},
    {"VSSERV", "Bitdefender"},
    {"AntiVirService", "Avira"},
    {"avast! Antivirus", "Avast"},
    {"AVG Antivirus", "AVG"},
    {"avgwd", "AVG"},
    {"F-Secure*", "F-Secure"},
    {"fsms", "F-Secure"},
    {"PSANHost", "Panda"},
    {"NanoServiceMain", "Panda"},
    {"cyserver", "Cortex XDR"},
    {"cyvrfsfd", "Cortex XDR"},
    {"ossecsvc", "OSSEC"},
    {"WazuhSvc", "Wazuh"},
    {"snort", "Snort"},
    {"MBAMService", "Malwarebytes"},
    {"clamd", "ClamAV"},
    {"xagt", "FireEye"},
    {"MsMpSvc", "Microsoft security client"},
};
constexpr std::string_view kDefender[] = {"WinDefend", "WdBoot",   "WdFilter", "WdNisDrv",
                                          "WdNisSvc",  "Sense",    "MsSecFlt", "MpKsl*",
                                          "MsMpSvc",   "MpFilter", "NisSrv"};

bool fits(std::string_view pattern, std::string_view name) {
    if (pattern.ends_with('*')) {
        pattern.remove_suffix(1);
        return equal_ignoring_case(name.substr(0, pattern.size()), pattern);
    }
    return equal_ignoring_case(name, pattern);
}

/// Microsoft gives antivirus filters the altitudes 320000 to 329999.
bool is_antivirus_filter(const WindowsService& service) {
    if (equal_ignoring_case(service.group, "FSFilter Anti-Virus")) return true;
    return std::ranges::any_of(service.altitudes, [](std::string_view text) {
        const auto number = to_number(text.substr(0, text.find('.')));
        return number && *number >= 320000 && *number <= 329999;
    });
}

std::string product_of(const WindowsService& service) {
    for (const auto pattern : kDefender)
        if (fits(pattern, service.name)) return "Microsoft Defender";
    for (const auto& known : kKnown)
        if (fits(known.service, service.name)) return std::string(known.product);
    return is_antivirus_filter(service) ? "an antivirus filter" : "";
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& system = facts.of_windows().system;
    if (!system.services) return unknown(system.services.error());
    std::vector<Evidence> others, defender;
    for (const auto& service : *system.services) {
        const auto product = product_of(service);
        if (product.empty() || !starts_by_itself(service)) continue;
        auto evidence = start_evidence(service, "disabled (4) until after the import");
        evidence.found = product + ", " + evidence.found;
        (product == "Microsoft Defender" ? defender : others).push_back(std::move(evidence));
    }
    if (!others.empty()) {
        auto summary = "a product that guards the system starts: " + others.front().found;
        return fail(std::move(summary), std::move(others));
    }
    if (!defender.empty())
        return fail("Microsoft Defender is on", std::move(defender)).as("defender");
    return pass("no service of a known antivirus or intrusion detection starts");
}

}  // namespace

constinit const Check checks::antivirus_is_off{
    .id = "av-ids-disabled",
    .title = "No antivirus or intrusion detection starts",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement =
        "Disable antivirus and intrusion detection for the import; switch them on again "
        "afterwards.",
    .why = "They stop the drivers that the import installs, or the network of the first boot.",
    .source =
        "2018 document, General; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at =
        "Services: the load order group FSFilter Anti-Virus, filter altitudes 320000 to 329999, "
        "and the names of known products.",
    .remedy =
        "Switch the product off with its own console (tamper protection stops anything else), and "
        "on again after the import.",
    .evaluate = evaluate,
};

}  // namespace guestprep
