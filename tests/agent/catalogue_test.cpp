// SPDX-License-Identifier: Apache-2.0
#include "agent/catalogue.h"

#include <fstream>
#include <set>
#include <sstream>

#include "agent/core/text.h"
#include "agent/listing.h"
#include "agent/profiles.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

std::string document(const std::string& name) {
    std::ifstream file(std::string(GUESTPREP_SOURCE_DIR) + "/docs/" + name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST_CASE("catalogue: IDs are unique and every entry explains itself") {
    std::set<std::string_view> ids;
    for (const auto& entry : catalogue()) {
        const auto& check = entry.check;
        INFO(check.id);
        CHECK(ids.insert(check.id).second);
        CHECK_FALSE(check.title.empty());
        CHECK_FALSE(check.requirement.empty());
        CHECK_FALSE(check.why.empty());
        CHECK_FALSE(check.source.empty());
        CHECK_FALSE(check.looks_at.empty());
        CHECK_FALSE(check.remedy.empty());
        CHECK(check.severity != Severity::none);
    }
    for (const auto& entry : catalogue())
        for (const auto covered : entry.check.covers) {
            INFO(entry.check.id << " covers " << covered);
            CHECK_FALSE(ids.contains(covered));
        }
}

TEST_CASE("catalogue: every line of the 2018 document is covered") {
    std::size_t rows = 0;
    for (const auto line : lines_of(document("coverage-2018.md"))) {
        const auto cells = split(line, '|');
        if (cells.size() != 4 || !to_number(trimmed(cells[1]).substr(0, 1))) continue;
        ++rows;
        for (const auto id : words_of(cells[2])) {
            INFO(line.substr(0, 12) << ": " << id);
            CHECK(find_entry(id) != nullptr);
        }
    }
    CHECK(rows > 25);
}

TEST_CASE("catalogue: every test of AWS's own checkers is answered") {
    std::size_t rows = 0;
    for (const auto line : lines_of(document("other-checkers.md"))) {
        const auto cells = split(line, '|');
        if (cells.size() != 5 || contains(line, "---") || contains(line, "It tests")) continue;
        ++rows;
        for (const auto id : words_of(cells[2])) {
            INFO(line << ": " << id);
            CHECK(find_entry(id) != nullptr);
        }
    }
    CHECK(rows > 40);
}

TEST_CASE("catalogue: docs/checks.md is what the table says") {
    const auto newest = built_in_profile("vmie-2026");
    const auto oldest = built_in_profile("vmie-2018");
    REQUIRE(newest);
    REQUIRE(oldest);
    INFO("run ./dev docs");
    CHECK(document("checks.md") == list_markdown(*newest, *oldest));
}

TEST_CASE("catalogue: a misspelt ID finds its neighbours") {
    CHECK(similar_ids("linux-arch-64bits").front() == "linux-arch-64bit");
    CHECK(similar_ids("qqqqqqqqqqqqqqqqqqqq").empty());
}

}  // namespace
}  // namespace guestprep
