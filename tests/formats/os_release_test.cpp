// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/os_release.h"

#include "agent/formats/shell_assignments.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

using Json = nlohmann::json;

std::optional<std::string> text_or_none(const Json& value) {
    return value.is_null() ? std::nullopt : std::optional(value.get<std::string>());
}

TEST_CASE("os-release: what real systems say") {
    for (const auto& fixture : fixtures_of_kind("os-release")) {
        INFO(fixture.name);
        const auto& wanted = fixture.expected;
        const auto found = parse_os_release(fixture.text);
        CHECK(found.id == text_or_none(wanted.at("id")));
        CHECK(found.id_like == text_or_none(wanted.at("id_like")));
        CHECK(found.name == text_or_none(wanted.at("name")));
        CHECK(found.pretty_name == text_or_none(wanted.at("pretty_name")));
        CHECK(found.version == text_or_none(wanted.at("version")));
        CHECK(found.version_id == text_or_none(wanted.at("version_id")));
        CHECK(found.variant_id == text_or_none(wanted.at("variant_id")));
        const auto id = found.id.value_or("");
        const auto family = text_or_none(wanted.at("family")).value_or(id);
        CHECK(distribution_family(id, found.id_like.value_or("")) == family);
        CHECK(ShellAssignments::parse(fixture.text).malformed_lines() ==
              wanted.at("malformed_line_numbers").get<std::vector<std::size_t>>());
    }
}

TEST_CASE("redhat-release: what real systems say") {
    for (const auto& fixture : fixtures_of_kind("redhat-release")) {
        INFO(fixture.name);
        const auto found = parse_release_line(fixture.text);
        REQUIRE(found);
        CHECK(found->product == fixture.expected.at("product").get<std::string>());
        CHECK(found->version == fixture.expected.at("version").get<std::string>());
        CHECK(found->major() == std::to_string(fixture.expected.at("major").get<int>()));
        CHECK(found->beta == fixture.expected.at("is_beta").get<bool>());
    }
}

TEST_CASE("redhat-release: point releases, and what is none") {
    const auto centos = parse_release_line("CentOS Linux release 7.4.1708 (Core) \n");
    REQUIRE(centos);
    CHECK(centos->product == "CentOS Linux");
    CHECK(centos->two_numbers() == "7.4");
    CHECK(centos->codename == "Core");
    CHECK(parse_release_line("CentOS Stream release 9")->two_numbers() == "9");
    CHECK(parse_release_line("CentOS release 5.11 (Final)")->two_numbers() == "5.11");
    CHECK_FALSE(parse_release_line(""));
    CHECK_FALSE(parse_release_line("rawhide"));
    CHECK_FALSE(parse_release_line("X release (Y)"));
}

}  // namespace
}  // namespace guestprep
