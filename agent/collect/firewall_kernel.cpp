// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "agent/collect/firewall_sources.h"
#include "agent/core/text.h"
#include "agent/formats/iptables_state.h"
#include "agent/formats/nft_ruleset.h"

namespace guestprep {
namespace {

/// Asking for tables of a module that is not there would load it.
bool has_module(const Host& host, std::string_view module) {
    const auto modules = host.files.read(GuestPath("/proc/modules"));
    if (!modules) return false;
    return std::ranges::any_of(lines_of(*modules), [&](std::string_view line) {
        const auto words = words_of(line);
        return !words.empty() && words.front() == module;
    });
}

Result<std::string> output_of(const Host& host, std::vector<std::string> argv) {
    const auto name = argv.front();
    auto output = host.commands.run({std::move(argv)});
    if (!output) return std::unexpected(std::move(output.error()));
    if (output->exit_code != 0)
        return failure(Errc::command_failed, name + ": " + shown(output->err));
    return std::move(output->out);
}

/// What "nft list ruleset" shows of iptables' own tables is iptables-save's to tell.
bool is_of_iptables(const NftTable& table) {
    constexpr std::string_view kNames[] = {"raw", "mangle", "nat", "filter", "security"};
    return (table.family == "ip" || table.family == "ip6") &&
           std::ranges::find(kNames, table.name) != std::end(kNames);
}

void add(PacketFilter& rules, PacketFilter more) {
    std::ranges::move(more.chains, std::back_inserter(rules.chains));
    std::ranges::move(more.problems, std::back_inserter(rules.problems));
}

}  // namespace

Fact<PacketFilter> kernel_rules(const Host& host) {
    if (!host.running) return failure(Errc::unsupported, "not the running system");
    const auto tables = host.files.read(GuestPath("/proc/net/ip_tables_names"));
    const bool legacy = tables && !trimmed(*tables).empty();
    const bool nft = has_module(host, "nf_tables");
    if (!legacy && !nft) return failure(Errc::not_found, "the kernel holds no rules");
    if (!host.privileged)
        return failure(Errc::access_denied, "only root may see the kernel's rules");

    PacketFilter rules;
    auto saved = output_of(host, {legacy ? "iptables-legacy-save" : "iptables-save"});
    if (!saved && saved.error().code == Errc::not_found) saved = output_of(host, {"iptables-save"});
    if (saved) {
        IptablesState state;
        state.restore("iptables-save", *saved);
        add(rules, state.filter());
    } else if (legacy || saved.error().code != Errc::not_found) {
        return std::unexpected(saved.error());
    }
    if (!nft) return rules;
    const auto listed = output_of(host, {"nft", "list", "ruleset"});
    if (!listed && !saved) return std::unexpected(listed.error());
    if (!listed) return rules;
    auto ruleset = read_nft(read_nft_tokens("nft list ruleset", *listed,
                                            [](std::string_view) { return std::nullopt; }));
    if (saved) std::erase_if(ruleset.tables, is_of_iptables);
    add(rules, filter_of(ruleset));
    return rules;
}

}  // namespace guestprep
