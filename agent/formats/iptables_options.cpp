// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/iptables_options.h"

#include <algorithm>

namespace guestprep {
namespace {

/// Modules whose options are all judged. Others depend on what cannot be known beforehand:
/// the content of a set, the time of day, the payload, a die.
constexpr std::string_view kKnownModules[] = {
    "tcp",    "udp",     "icmp",      "multiport", "mport", "state",    "conntrack", "limit",
    "recent", "comment", "hashlimit", "iprange",   "mark",  "connmark", "addrtype",  "pkttype",
    "mac",    "policy",  "connlimit", "rpfilter",  "owner", "nfacct",   "quota",     "icmp6",
    "icmpv6", "sctp",    "dccp",      "esp",       "ah",    "udplite",  "standard",  "ipv6-icmp",
    "tcpmss", "physdev", "helper",    "string"};

constexpr auto kYes = Truth::yes;
constexpr auto kNo = Truth::no;
constexpr FixedIptablesOption kFixedOptions[] = {
    {"--comment", 1, kYes},
    {"--limit", 1, kYes},
    {"--limit-burst", 1, kYes},
    {"--hashlimit", 1, kYes},
    {"--hashlimit-upto", 1, kYes},
    {"--hashlimit-above", 1, kNo},
    {"--hashlimit-burst", 1, kYes},
    {"--hashlimit-mode", 1, kYes},
    {"--hashlimit-name", 1, kYes},
    {"--hashlimit-srcmask", 1, kYes},
    {"--hashlimit-dstmask", 1, kYes},
    {"--hashlimit-htable-size", 1, kYes},
    {"--hashlimit-htable-max", 1, kYes},
    {"--hashlimit-htable-expire", 1, kYes},
    {"--hashlimit-htable-gcinterval", 1, kYes},
    {"--hashlimit-rate-match", 0, kYes},
    {"--hashlimit-rate-interval", 1, kYes},
    {"--set", 0, kYes},
    {"--rcheck", 0, kNo},
    {"--update", 0, kNo},
    {"--remove", 0, kNo},
    {"--seconds", 1, kYes},
    {"--hitcount", 1, kYes},
    {"--name", 1, kYes},
    {"--rsource", 0, kYes},
    {"--rdest", 0, kYes},
    {"--rttl", 0, kYes},
    {"--reap", 0, kYes},
    {"--mask", 1, kYes},
    {"--connlimit-above", 1, kNo},
    {"--connlimit-upto", 1, kYes},
    {"--connlimit-mask", 1, kYes},
    {"--connlimit-saddr", 0, kYes},
    {"--connlimit-daddr", 0, kYes},
    {"--mac-source", 1, kNo},
    {"--icmp-type", 1, kNo},
    {"--icmpv6-type", 1, kNo},
    {"--uid-owner", 1, kNo},
    {"--gid-owner", 1, kNo},
    {"--socket-exists", 0, kNo},
    {"--limit-iface-in", 0, kYes},
    {"--loose", 0, kYes},
    {"--validmark", 0, kYes},
    {"--accept-local", 0, kYes},
    {"--invert", 0, kNo},
    {"--nfacct-name", 1, kYes},
    {"--quota", 1, kYes},
    {"--strict", 0, kYes},
    {"--espspi", 1, kNo},
    {"--ahspi", 1, kNo},
    // A bridge may be configured; no packet leaves by it before it has come in.
    {"--physdev-in", 1, Truth::unknown},
    {"--physdev-out", 1, kNo},
    {"--physdev-is-bridged", 0, kNo},
    {"--physdev-is-in", 0, Truth::unknown},
    {"--physdev-is-out", 0, kNo},
    {"--helper", 1, kNo},
    {"--algo", 1, kYes},
    {"--icase", 0, kYes},
    {"--from", 1, kYes},
    {"--to", 1, kYes},
    {"-w", 0, kYes},
    {"--wait", 0, kYes},
    {"-n", 0, kYes},
    {"-v", 0, kYes},
    {"--verbose", 0, kYes},
    {"--numeric", 0, kYes},
    {"-4", 0, kYes},
    {"--ipv4", 0, kYes},
    {"-6", 0, kNo},
    {"--ipv6", 0, kNo},
    {"-c", 2, kYes},
    {"--set-counters", 2, kYes},
    {"-f", 0, kNo},
    {"--fragment", 0, kNo},
};

}  // namespace

bool is_judged_iptables_module(std::string_view name) {
    return std::ranges::find(kKnownModules, name) != std::end(kKnownModules);
}

const FixedIptablesOption* fixed_iptables_option(std::string_view name) {
    const auto* const known = std::ranges::find(kFixedOptions, name, &FixedIptablesOption::name);
    return known == std::end(kFixedOptions) ? nullptr : known;
}

}  // namespace guestprep
