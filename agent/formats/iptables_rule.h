// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agent/formats/packet_filter.h"

namespace guestprep {

/// What a rule's meaning hangs on outside itself.
struct IptablesContext {
    std::string table;            ///< jumps stay in it
    bool packets_marked = false;  ///< some rule sets a mark: then "--mark" cannot be judged
};

/// The meaning of a rule ("-p tcp --dport 22 -j ACCEPT", cut into words) for the first packet of a
/// new TCP connection over IPv4. What is not known to us makes it hold `unknown`, never `yes`.
[[nodiscard]] FilterRule read_iptables_rule(const std::vector<std::string>& words,
                                            const IptablesContext& context);

/// "-jACCEPT" as "-j", "ACCEPT" and "--dport=22" as "--dport", "22", as getopt reads them.
[[nodiscard]] std::vector<std::string> getopt_words(const std::vector<std::string>& words);

}  // namespace guestprep
