// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/cloud_cfg.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/formats/text_lines.h"
#include "agent/formats/yaml_tree.h"

namespace guestprep {

Result<std::optional<std::string>> cloud_cfg_with_network(std::string_view text) {
    const auto root = parse_yaml(text);
    if (!root) return failure(Errc::unsupported, "it is no YAML: " + root.error().message);
    const auto* network = root->find("network");
    if (network == nullptr || network->value.scalar("config") != "disabled")
        return std::optional(std::string(text));
    if (root->members.size() == 1 && network->value.members.size() == 1) return std::nullopt;

    TextLines lines(text);
    if (!lines[network->line - 1].starts_with("network"))
        return failure(Errc::unsupported, "network: is not written in a line of its own");
    auto end = lines.size() + 1;
    for (const auto& member : root->members)
        if (member.line > network->line) end = std::min(end, member.line);
    for (auto at = network->line; at < end; ++at) {
        const auto line = trimmed(lines[at - 1]);
        if (at > network->line && !line.empty() && !lines[at - 1].starts_with(' ')) break;
        if (!line.empty() && !line.starts_with('#')) lines.replace(at - 1, '#' + lines[at - 1]);
    }
    auto after = lines.str();
    const auto now = parse_yaml(after);
    if (!now || now->members.size() + 1 != root->members.size())
        return failure(Errc::unsupported, "the edit would change more than it should");
    return std::optional(std::move(after));
}

}  // namespace guestprep
