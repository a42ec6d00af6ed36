// SPDX-License-Identifier: Apache-2.0
#include "agent/waivers.h"

#include "agent/catalogue.h"
#include "agent/core/text.h"
#include "agent/facts/json_fields.h"

namespace guestprep {
namespace {

struct WaiverEntry {
    std::string check, reason, owner, until;
    static void fields(auto& self, auto&& visit) {
        visit("check", self.check);
        visit("reason", self.reason);
        visit("owner", self.owner);
        visit("until", self.until);
    }
};

struct WaiverFile {
    std::string schema;
    std::vector<WaiverEntry> waivers;
    static void fields(auto& self, auto&& visit) {
        visit("schema", self.schema);
        visit("waivers", self.waivers);
    }
};

bool is_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const auto month = to_number(text.substr(5, 2));
    const auto day = to_number(text.substr(8, 2));
    return to_number(text.substr(0, 4)) && month && day && *month >= 1 && *month <= 12 &&
           *day >= 1 && *day <= 31;
}

Result<Waiver> to_waiver(const WaiverEntry& entry) {
    const auto* check = find_entry(entry.check);
    if (check == nullptr) {
        const auto similar = similar_ids(entry.check);
        return failure(Errc::bad_syntax,
                       "unknown check \"" + entry.check + "\"" +
                           (similar.empty() ? "" : "; did you mean \"" + similar.front() + "\"?"));
    }
    if (trimmed(entry.reason).empty()) return failure(Errc::bad_syntax, "reason: missing");
    if (trimmed(entry.owner).empty()) return failure(Errc::bad_syntax, "owner: missing");
    if (!is_day(entry.until))
        return failure(Errc::bad_syntax, "until: a day such as 2026-12-31 is expected");
    return Waiver{std::string(check->check.id), entry.reason, entry.owner, entry.until};
}

}  // namespace

Result<std::vector<Waiver>> parse_waivers(std::string_view text) {
    try {
        WaiverFile file;
        json_fields::from_json<json_fields::Reading::written>(json_fields::Json::parse(text), file);
        if (file.schema != "guestprep-waivers/1")
            return failure(Errc::bad_syntax, "schema: \"guestprep-waivers/1\" is expected");
        std::vector<Waiver> waivers;
        for (const auto& entry : file.waivers) {
            auto waiver = to_waiver(entry);
            if (!waiver)
                return std::unexpected(
                    std::move(waiver.error())
                        .within("waivers: [" + std::to_string(waivers.size()) + "]"));
            waivers.push_back(std::move(*waiver));
        }
        return waivers;
    } catch (const std::exception& error) {
        return failure(Errc::bad_syntax, shown(error.what(), 200));
    }
}

}  // namespace guestprep
