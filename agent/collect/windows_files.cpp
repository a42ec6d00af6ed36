// SPDX-License-Identifier: Apache-2.0
//
// What files below the system's folder tell of updates that wait and of policies.
#include <algorithm>

#include "agent/collect/windows_parts.h"
#include "agent/collect/windows_paths.h"
#include "agent/core/text.h"

namespace guestprep {
namespace {

// Policies that come with Windows are named by a GUID of their own; these are their beginnings.
// Microsoft: inbox App Control policies, and what CiTool lists as platform policies.
constexpr std::string_view kInbox[] = {"{0283ac0f-", "{1283ac0f-", "{1678656c-", "{2678656c-",
                                       "{0939ed82-", "{1939ed82-", "{5951a96a-", "{5dac656c-",
                                       "{60fd87f8-", "{784c4414-", "{82443e1e-", "{8f9cb695-",
                                       "{a072029f-", "{cdd5cb55-", "{d2bda982-"};

bool is_inbox(std::string_view name) {
    const auto lower = lowercase(name);
    return std::ranges::any_of(kInbox,
                               [&](std::string_view start) { return lower.starts_with(start); });
}

/// Servicing leaves its list of what is to be done at the next start there.
void look_for_servicing(const FileReader& files, Fact<std::vector<PendingWork>>& pending) {
    const auto path = find_windows_path(files, R"(Windows\winsxs\pending.xml)");
    if (path) {
        if (!pending) pending = std::vector<PendingWork>{};
        pending->push_back({path->str(), "servicing"});
    } else if (path.error().code != Errc::not_found && pending && pending->empty()) {
        pending = std::unexpected(path.error());
    }
}

/// The single policy of Windows 10's first releases, and those that stand side by side since.
Result<std::vector<std::string>> code_integrity_policies(const FileReader& files) {
    std::vector<std::string> found;
    const auto folder = find_windows_path(files, R"(Windows\System32\CodeIntegrity)");
    if (!folder) return std::unexpected(folder.error());
    const auto single = find_name(files, *folder, "SIPolicy.p7b");
    if (single) found.push_back(single->str());
    if (!single && single.error().code != Errc::not_found) return std::unexpected(single.error());
    const auto active =
        find_windows_path(files, R"(Windows\System32\CodeIntegrity\CiPolicies\Active)");
    if (!active && active.error().code == Errc::not_found) return found;
    if (!active) return std::unexpected(active.error());
    const auto names = files.list(*active);
    if (!names) return std::unexpected(names.error());
    for (const auto& name : *names)
        if (lowercase(name).ends_with(".cip") && !is_inbox(name))
            found.push_back((*active / name).str());
    return found;
}

}  // namespace

void collect_windows_files(const FileReader& files, WindowsSoftwareFacts& facts) {
    look_for_servicing(files, facts.pending);
    const auto policies = code_integrity_policies(files);
    auto& control = facts.application_control;
    if (policies && control)
        control->insert(control->end(), policies->begin(), policies->end());
    else if (policies && !policies->empty())
        control = *policies;  // what was seen counts
    else if (!policies && policies.error().code != Errc::not_found && control && control->empty())
        control = std::unexpected(policies.error());
}

}  // namespace guestprep
