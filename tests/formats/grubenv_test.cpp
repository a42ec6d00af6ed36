// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/grubenv.h"

#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

std::string block(std::string text, std::size_t size = 1024) {
    text.insert(0, "# GRUB Environment Block\n");
    text.resize(size, '#');
    return text;
}

TEST_CASE("grubenv: variables of a whole block") {
    const auto env = parse_grubenv(block("saved_entry=a=b\nnext_entry=\nx=line\\\ntwo\n"));
    CHECK(env.is_valid());
    CHECK(env.variables == std::map<std::string, std::string>{
                               {"next_entry", ""}, {"saved_entry", "a=b"}, {"x", "line\ntwo"}});
}

TEST_CASE("grubenv: one byte short cannot be saved to, but is read") {
    const auto env = parse_grubenv(block("saved_entry=1\n", 1023));
    CHECK_FALSE(env.is_valid());
    CHECK(env.effective().at("saved_entry") == "1");
}

TEST_CASE("grubenv: without its first line GRUB reads nothing") {
    const auto env = parse_grubenv("saved_entry=1\n" + std::string(1010, '#'));
    CHECK_FALSE(env.has_header);
    CHECK(env.variables.contains("saved_entry"));
    CHECK(env.effective().empty());
    CHECK(parse_grubenv("").variables.empty());
    CHECK(parse_grubenv(std::string("\0=\\", 3)).variables.size() == 1);
}

TEST_CASE("grubenv: a variable is set, and the block keeps its size") {
    CHECK(set_grubenv(block("a=1\nb=2\n"), "a", "x=y") == block("a=x=y\nb=2\n"));
    CHECK(set_grubenv(block("a=1\n"), "b", "2") == block("a=1\nb=2\n"));
    CHECK(set_grubenv(block(""), "b", "2") == block("b=2\n"));
    // One that goes over two lines, and a name that another one begins with.
    CHECK(set_grubenv(block("ab=1\na=o\\\nne\na=2\n# a=3\n"), "a", "\\") ==
          block("ab=1\na=\\\\\n# a=3\n"));
    const auto full = block("a=" + std::string(990, 'x') + "\n");
    CHECK(set_grubenv(full, "a", "1") == block("a=1\n"));
    CHECK_FALSE(set_grubenv(full, "b", "12345678"));
    CHECK_FALSE(set_grubenv(block("a=1\n", 1023), "a", "2"));
    CHECK_FALSE(set_grubenv("", "a", "2"));
}

TEST_CASE("grubenv: real blocks") {
    for (const auto& fixture : fixtures_of_kind("grubenv")) {
        INFO(fixture.name);
        const auto env = parse_grubenv(fixture.text);
        CHECK(env.has_header == fixture.expected.at("header_ok").get<bool>());
        CHECK(env.has_right_size == fixture.expected.at("size_is_1024").get<bool>());
        CHECK(env.is_valid() == fixture.expected.at("valid").get<bool>());
        CHECK(nlohmann::json(env.variables) == fixture.expected.at("variables"));
    }
}

}  // namespace
}  // namespace guestprep
