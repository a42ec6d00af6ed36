// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_protection.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

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

}  // namespace

std::string protection_product(const WindowsService& service) {
    for (const auto pattern : kDefender)
        if (fits(pattern, service.name)) return std::string(kDefenderProduct);
    for (const auto& known : kKnown)
        if (fits(known.service, service.name)) return std::string(known.product);
    return is_antivirus_filter(service) ? "an antivirus filter" : "";
}

}  // namespace guestprep
