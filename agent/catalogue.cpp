// SPDX-License-Identifier: Apache-2.0
#include "agent/catalogue.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <deque>

#include "agent/core/embedded.h"
#include "agent/core/text.h"
#include "agent/facts/json_fields.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

/// As written in checks/manual_items.json.
struct ManualItem {
    std::string id;
    Platform platform = Platform::any;
    std::string title;
    std::string requirement;
    std::string why;
    std::string source;
    std::string action;
    std::vector<std::string> covers;
    std::vector<std::string> distributions;

    static void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("platform", self.platform);
        visit("title", self.title);
        visit("requirement", self.requirement);
        visit("why", self.why);
        visit("source", self.source);
        visit("action", self.action);
        visit("covers", self.covers);
        visit("distributions", self.distributions);
    }
};

/// The items live as long as the program: checks only point at their text.
struct Items {
    std::deque<ManualItem> items;
    std::deque<std::vector<std::string_view>> covers;
};

const Items& items() {
    static const Items kItems = [] {
        Items out;
        std::vector<ManualItem> read;
        // Compiled in and tested: it cannot be wrong here.
        const auto json =
            json_fields::Json::parse(embedded_file("checks/manual_items.json"), nullptr, true);
        json_fields::from_json<json_fields::Reading::written>(json, read);
        for (auto& item : read) {
            out.items.push_back(std::move(item));
            auto& covers = out.covers.emplace_back();
            for (const auto& id : out.items.back().covers) covers.emplace_back(id);
        }
        return out;
    }();
    return kItems;
}

CatalogueEntry to_entry(const ManualItem& item, const std::vector<std::string_view>& covers) {
    return {.check = {.id = item.id,
                      .covers = covers,
                      .title = item.title,
                      .platform = item.platform,
                      .severity = Severity::advice,
                      .requirement = item.requirement,
                      .why = item.why,
                      .source = item.source,
                      .looks_at = "Nothing: it cannot be seen from inside the guest.",
                      .remedy = item.action},
            .distributions = item.distributions};
}

bool names(const Check& check, std::string_view id) {
    return check.id == id || std::ranges::find(check.covers, id) != check.covers.end();
}

}  // namespace

const std::vector<CatalogueEntry>& catalogue() {
    static const std::vector<CatalogueEntry> kEntries = [] {
        std::vector<CatalogueEntry> entries;
        for (const auto* check : checks::all())
            entries.push_back({.check = *check, .distributions = {}});
        for (std::size_t i = 0; i < items().items.size(); ++i)
            entries.push_back(to_entry(items().items[i], items().covers[i]));
        return entries;
    }();
    return kEntries;
}

const CatalogueEntry* find_entry(std::string_view id) {
    const auto& all = catalogue();
    // A check's own ID goes before one that merely covers it.
    auto found = std::ranges::find_if(all, [&](const auto& e) { return e.check.id == id; });
    if (found == all.end())
        found = std::ranges::find_if(all, [&](const auto& e) { return names(e.check, id); });
    return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> similar_ids(std::string_view id) {
    std::vector<std::pair<std::size_t, std::string>> ranked;
    const auto rank = [&](std::string_view known) {
        const auto distance = edit_distance(known, id);
        const bool part = id.size() >= 3 && contains(known, id);
        if (distance <= 3 || part) ranked.emplace_back(part ? 0 : distance, known);
    };
    for (const auto& entry : catalogue()) {
        rank(entry.check.id);
        for (const auto& covered : entry.check.covers) rank(covered);
    }
    std::ranges::sort(ranked);
    std::vector<std::string> out;
    for (auto& [distance, known] : ranked)
        if (out.size() < 5) out.push_back(std::move(known));
    return out;
}

}  // namespace guestprep
