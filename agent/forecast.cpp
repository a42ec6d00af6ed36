// SPDX-License-Identifier: Apache-2.0
//
// What AWS rewrites by itself on the image route. fstab is told here, as the 2018 document tells
// it; network and GRUB as our own fixers of the same rows would do it.
#include <algorithm>

#include "agent/core/diff.h"
#include "agent/core/secrets.h"
#include "agent/core/text.h"
#include "agent/facts/fstab_at_boot.h"
#include "agent/fix_plan.h"
#include "agent/formats/text_lines.h"
#include "agent/inventory.h"

namespace guestprep {
namespace {

constexpr const char* kFstab = "/etc/fstab";
constexpr std::string_view kRewritten[] = {"net-static-to-dhcp-linux", "linux-grub-default"};

/// Names become UUIDs; a name without one gets nofail; network mounts and lines that are no lines
/// are switched off.
std::string fstab_after(const FstabFacts& facts, const StorageFacts& storage) {
    auto fstab = Fstab::parse(facts.text);
    std::vector<std::size_t> off = facts.malformed_lines;
    for (const auto& entry : facts.entries) {
        if (entry.kind == SpecKind::network || entry.is_network() || is_host_folder(entry)) {
            off.push_back(entry.line);
        } else if (changes_on_other_hardware(entry)) {
            const auto uuid = unique_uuid(storage, entry.spec);
            if (!uuid.empty())
                fstab.set_spec(entry.line, uuid);
            else if (storage.devices)
                add_options(fstab, entry.line, {"nofail"});
        }
    }
    TextLines lines(fstab.text());
    for (const auto line : off)
        if (line > 0 && line <= lines.size()) lines.replace(line - 1, "#" + lines[line - 1]);
    return lines.str();
}

void add(std::vector<ReportForecast>& out, const std::string& file,
         const std::optional<std::string>& before, const std::optional<std::string>& after) {
    auto diff = to_utf8(without_secrets(unified_diff(file, before, after)));
    if (!diff.empty()) out.push_back({to_utf8(file), std::move(diff)});
}

}  // namespace

std::vector<ReportForecast> forecast_of(const Facts& facts, const Profile& profile) {
    std::vector<ReportForecast> out;
    if (const auto& fstab = facts.storage.fstab; fstab && !fstab->text.empty())
        add(out, kFstab, fstab->text, fstab_after(*fstab, facts.storage));
    for (const auto id : kRewritten) {
        const auto* fixer = fixer_for(id);
        if (fixer == nullptr) continue;
        const auto set = fixer->plan(facts, profile, {});
        if (!set) continue;
        for (const auto& change : set->changes)
            if (const auto* edit = std::get_if<FileEdit>(&change); edit != nullptr && !edit->secret)
                add(out, edit->path.str(), edit->before, edit->after);
    }
    return out;
}

}  // namespace guestprep
