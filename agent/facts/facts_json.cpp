// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/facts_json.h"

#include "agent/facts/json_fields.h"

namespace guestprep {
namespace {

using json_fields::Json;

constexpr std::string_view kSchema = "guestprep-facts/1";

}  // namespace

std::string facts_to_json(const Facts& facts) {
    Json out{{"schema", kSchema}};
    out.update(json_fields::to_json(facts));
    return out.dump(1) + "\n";
}

Result<Facts> facts_from_json(std::string_view text) {
    try {
        const auto json = Json::parse(text);
        if (!json.is_object() || json.value("schema", "") != kSchema)
            return failure(Errc::bad_syntax, "not facts saved by guestprep (\"schema\" is not \"" +
                                                 std::string(kSchema) + "\")");
        Facts facts;
        json_fields::from_json<json_fields::Reading::saved>(json, facts);
        return facts;
    } catch (const std::exception& error) {
        return failure(Errc::bad_syntax, shown(error.what(), 200));
    }
}

}  // namespace guestprep
