// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/firewall_edits.h"
#include "agent/facts/firewall_judgement.h"
#include "agent/facts/ssh_question.h"
#include "agent/formats/shell_assignments.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

using Edit = Result<std::string> (*)(std::string_view text, std::uint16_t port);

/// A file to change, and another one that it starts from where it is not there yet.
struct Target {
    GuestPath path, origin;
    Edit edit = nullptr;
};

/// "/etc/nftables.conf:12" without its line.
GuestPath file_of(std::string_view where) {
    const auto colon = where.rfind(':');
    return GuestPath(std::string(where.substr(0, colon)));
}

/// The file that the input chain stands in.
std::optional<GuestPath> input_file(const PacketFilter& rules) {
    for (const auto& chain : rules.chains) {
        if (chain.hook != FilterHook::input) continue;
        if (chain.policy_place.where.starts_with('/')) return file_of(chain.policy_place.where);
        for (const auto& rule : chain.rules)
            if (rule.place.where.starts_with('/')) return file_of(rule.place.where);
    }
    return std::nullopt;
}

std::optional<Target> zone_target(const SourceTexts& sources) {
    std::string zone = "public";
    const auto settings = sources.find(GuestPath("/etc/firewalld/firewalld.conf"));
    if (settings != sources.end())
        if (auto value = ShellAssignments::parse(settings->second).value_or_empty("DefaultZone");
            !value.empty())
            zone = std::move(value);
    // A name leads to a file: nothing else may be in it.
    if (zone.find_first_of("/.") != std::string::npos) return std::nullopt;
    return Target{GuestPath("/etc/firewalld/zones/" + zone + ".xml"),
                  GuestPath("/usr/lib/firewalld/zones/" + zone + ".xml"), admit_in_firewalld_zone};
}

std::optional<Target> first_of(const SourceTexts& sources, std::initializer_list<const char*> paths,
                               Edit edit) {
    for (const auto* path : paths)
        if (sources.contains(GuestPath(path))) return Target{GuestPath(path), {}, edit};
    return std::nullopt;
}

std::optional<Target> target_of(const Firewall& firewall, const SourceTexts& sources) {
    const auto in_input_file = [&](Edit edit) -> std::optional<Target> {
        const auto path = firewall.rules ? input_file(*firewall.rules) : std::nullopt;
        if (!path) return std::nullopt;
        return Target{*path, {}, edit};
    };
    if (firewall.name == "firewalld") return zone_target(sources);
    if (firewall.name == "ufw")
        return first_of(sources,
                        {"/etc/ufw/user.rules", "/lib/ufw/user.rules", "/var/lib/ufw/user.rules"},
                        admit_in_ufw);
    if (firewall.name == "SuSEfirewall2")
        return first_of(sources, {"/etc/sysconfig/SuSEfirewall2"}, admit_in_suse_firewall);
    if (firewall.name == "nftables") return in_input_file(admit_in_nftables);
    // Whoever loads it: what is no file of iptables-save has no filter table.
    return in_input_file(admit_in_iptables);
}

Result<FileEdit> edit_of(const Firewall& firewall, const SourceTexts& sources,
                         const std::vector<std::uint16_t>& ports) {
    const auto target = target_of(firewall, sources);
    if (!target)
        return failure(Errc::unsupported,
                       firewall.name + ": no file of its own is known that a rule could go into");
    auto text = sources.find(target->path);
    const bool is_new = text == sources.end();
    if (is_new) text = sources.find(target->origin);
    if (text == sources.end())
        return failure(Errc::unsupported, target->path.str() + ": its text is not known");
    auto changed = text->second;
    for (const auto port : ports) {
        auto with = target->edit(changed, port);
        if (!with) return std::unexpected(std::move(with.error()).within(target->path.str()));
        changed = std::move(*with);
    }
    FileEdit edit{.path = target->path, .before = {}, .after = std::move(changed)};
    if (!is_new) edit.before = text->second;
    return edit;
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    if (!facts.access.ssh_ports)
        return failure(Errc::unsupported,
                       "sshd's port is not known: " + facts.access.ssh_ports.why());
    const auto question = ssh_question(facts);
    ChangeSet set;
    for (const auto& firewall : facts.firewall.at_boot) {
        if (!firewall.rules)
            return failure(Errc::unsupported, firewall.name + ": " + firewall.rules.why());
        if (judge_packet_filter(firewall.name, *firewall.rules, question).status == Status::pass)
            continue;
        auto edit = edit_of(firewall, facts.sources, question.ports);
        if (!edit) return std::unexpected(std::move(edit.error()));
        set.changes.emplace_back(std::move(*edit));
    }
    return set;
}

}  // namespace

constinit const Fixer fixers::admit_ssh{
    .id = "linux-firewall-ssh",
    .title = "Admit SSH through the host firewall",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "Adds one rule for sshd's port, before what drops, to the file that the next boot loads: "
        "an iptables-save file, the script for nft, firewalld's zone, ufw's user.rules, "
        "SuSEfirewall2's settings. Only where the rules, followed as the check follows them, then "
        "admit everybody.",
    .leaves =
        "The running firewall, scripts that call iptables, rich rules and firewalls of other "
        "makers. Limit the port with a security group.",
    .must_pass = true,
    .plan = plan,
};

}  // namespace guestprep
