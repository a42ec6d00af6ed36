// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/json_fields.h"
#include "agent/report/render.h"

namespace guestprep {

std::string render_json(const Report& report) {
    return json_fields::to_json(report).dump(2) + "\n";
}

Result<Report> report_from_json(std::string_view text) {
    try {
        const auto json = json_fields::Json::parse(text);
        if (!json.is_object() || json.value("schema", "") != Report().schema)
            return failure(Errc::bad_syntax, "not a report of guestprep (\"schema\" is not \"" +
                                                 Report().schema + "\")");
        Report report;
        json_fields::from_json<json_fields::Reading::saved>(json, report);
        return report;
    } catch (const std::exception& error) {
        return failure(Errc::bad_syntax, shown(error.what(), 200));
    }
}

}  // namespace guestprep
