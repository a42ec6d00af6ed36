// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/packet_terms.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

struct Service {
    std::string_view name;
    std::uint16_t port;
};

constexpr Service kServices[] = {
    {"ssh", 22},
    {"sshd", 22},
    {"http", 80},
    {"www", 80},
    {"www-http", 80},
    {"https", 443},
    {"ftp", 21},
    {"ftp-data", 20},
    {"telnet", 23},
    {"smtp", 25},
    {"mail", 25},
    {"time", 37},
    {"domain", 53},
    {"bootps", 67},
    {"bootpc", 68},
    {"tftp", 69},
    {"finger", 79},
    {"kerberos", 88},
    {"pop2", 109},
    {"pop3", 110},
    {"pop-3", 110},
    {"sunrpc", 111},
    {"portmapper", 111},
    {"auth", 113},
    {"ident", 113},
    {"nntp", 119},
    {"ntp", 123},
    {"loc-srv", 135},
    {"epmap", 135},
    {"netbios-ns", 137},
    {"netbios-dgm", 138},
    {"netbios-ssn", 139},
    {"imap", 143},
    {"imap2", 143},
    {"snmp", 161},
    {"snmp-trap", 162},
    {"bgp", 179},
    {"irc", 194},
    {"ldap", 389},
    {"microsoft-ds", 445},
    {"smtps", 465},
    {"submissions", 465},
    {"urd", 465},
    {"exec", 512},
    {"login", 513},
    {"shell", 514},
    {"printer", 515},
    {"submission", 587},
    {"ipp", 631},
    {"ldaps", 636},
    {"rsync", 873},
    {"ftps-data", 989},
    {"ftps", 990},
    {"telnets", 992},
    {"imaps", 993},
    {"pop3s", 995},
    {"socks", 1080},
    {"openvpn", 1194},
    {"ms-sql-s", 1433},
    {"nfs", 2049},
    {"squid", 3128},
    {"iscsi-target", 3260},
    {"mysql", 3306},
    {"ms-wbt-server", 3389},
    {"svn", 3690},
    {"postgresql", 5432},
    {"postgres", 5432},
    {"amqp", 5672},
    {"x11", 6000},
    {"http-alt", 8080},
    {"webcache", 8080},
    {"zabbix-agent", 10050},
    {"zabbix-trapper", 10051},
    {"webmin", 10000},
    {"bacula-fd", 9102},
    {"nrpe", 5666},
};

std::optional<std::uint32_t> port_of(std::string_view text) {
    if (const auto number = to_number(text))
        return *number <= 65535 ? std::optional(static_cast<std::uint32_t>(*number)) : std::nullopt;
    return service_port(text);
}

}  // namespace

std::optional<std::uint16_t> service_port(std::string_view name) {
    const auto* const found = std::ranges::find(kServices, name, &Service::name);
    if (found == std::end(kServices)) return std::nullopt;
    return found->port;
}

std::optional<NumberRange> parse_port_range(std::string_view text, char separator) {
    // A name may hold a '-' ("ftp-data"): it is a name first.
    if (const auto one = port_of(text)) return NumberRange{*one, *one};
    const auto cut = text.find(separator);
    if (cut == std::string_view::npos) return std::nullopt;
    const auto from = text.substr(0, cut);
    const auto to = text.substr(cut + 1);
    const auto first = from.empty() ? std::optional(0U) : port_of(from);
    const auto last = to.empty() ? std::optional(65535U) : port_of(to);
    if (!first || !last || *first > *last) return std::nullopt;
    return NumberRange{*first, *last};
}

Truth will_hold_our_address(Ipv4Range range) {
    if (range.is_everything()) return Truth::yes;
    const std::uint64_t size = std::uint64_t{range.last} - range.first + 1;
    if (is_private(range.first) && is_private(range.last))
        return size < 65536 ? Truth::no : Truth::unknown;
    const bool outside = std::ranges::none_of(off_internet().first(3), [&](Ipv4Range block) {
        return range.first <= block.last && block.first <= range.last;
    });
    return outside ? Truth::no : Truth::unknown;
}

Truth holds_segment_size(NumberRange range) {
    constexpr NumberRange kUsual{536, 8961};
    if (range.last < kUsual.first || range.first > kUsual.last) return Truth::no;
    return range.first <= kUsual.first && range.last >= kUsual.last ? Truth::yes : Truth::unknown;
}

}  // namespace guestprep
