// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/firewall_judgement.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/formats/admittance.h"

namespace guestprep {
namespace {

std::vector<Evidence> evidence(const Admittance& found, std::string_view expected) {
    std::vector<Evidence> out;
    for (const auto& place : found.because) out.push_back({place.where, place.text, {}});
    if (!out.empty()) out.front().expected = expected;
    return out;
}

std::string joined(std::vector<std::string> names) {
    const bool more = names.size() > 4;
    if (more) names.resize(4);
    return join(names, ", ") + (more ? ", ..." : "");
}

/// Bonds, bridges and VLANs are made anew from the configuration, whatever the NIC is called.
bool may_come_back(const std::string& interface) {
    constexpr std::string_view kMade[] = {"bond", "br", "team", "vlan"};
    return contains(interface, ".") || std::ranges::any_of(kMade, [&](std::string_view kind) {
               return interface.starts_with(kind);
           });
}

Finding judge_sources(const std::string& name, const Admittance& found) {
    std::vector<std::string> texts;
    for (const auto& range : found.sources) texts.push_back(to_text(range));
    auto finding = fail(name + " admits SSH from " + joined(texts) + " only",
                        evidence(found, "accepted from any address"));
    if (std::ranges::any_of(found.sources,
                            [](Ipv4Range range) { return !is_off_internet(range.first); }))
        return std::move(finding).as("source-limited");
    finding.summary += "; the new address and its network will be others";
    return finding;
}

Finding judge_interfaces(const std::string& name, const Admittance& found,
                         const SshQuestion& question) {
    auto finding = fail(name + " admits SSH on " + joined(found.interfaces) +
                            " only; the interface will be called " + question.interface_text(),
                        evidence(found, "accepted on any interface"));
    const bool may_be_there = found.who == Admission::some_interfaces ||
                              std::ranges::any_of(found.interfaces, may_come_back);
    return may_be_there ? std::move(finding).as("interface-bound") : finding;
}

}  // namespace

Finding judge_packet_filter(const std::string& name, const PacketFilter& rules,
                            const SshQuestion& question) {
    const auto found = admittance(rules, question.ports, question.interfaces);
    if (found.who == Admission::everyone)
        return pass(name + " admits everybody to " + question.port_text())
            .with(evidence(found, {}));
    if (found.who == Admission::unknown)
        return unknown(name + " has a rule that cannot be judged, and " + question.port_text() +
                       " hangs on it")
            .with(evidence(found, {}));
    if (found.who == Admission::some_sources) return judge_sources(name, found);
    if (!found.interfaces.empty()) return judge_interfaces(name, found, question);
    return fail(name + " admits nobody to " + question.port_text(),
                evidence(found, "accepted before anything is dropped"));
}

}  // namespace guestprep
