// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/shell_assignments.h"

#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

using Lines = std::vector<std::size_t>;

TEST_CASE("shell assignments: quotes and escapes as a shell takes them") {
    const auto file = ShellAssignments::parse(
        "A=plain\nB='single $x'\nC=\"double \\\"quoted\\\" \\n\"\n  export D=e\\ f # comment\n"
        "E=\nF=\"$(sed 's, release .*$,,g' /etc/x)\"\nG=`lsb_release -i 2> /dev/null || echo X`\n"
        "A=last\r\n");
    CHECK(file.malformed_lines().empty());
    CHECK(file.value("A") == "last");
    CHECK(file.value("B") == "single $x");
    CHECK(file.value("C") == "double \"quoted\" \\n");
    CHECK(file.value("D") == "e f");
    CHECK(file.value("E") == "");
    CHECK(file.value("F") == "$(sed 's, release .*$,,g' /etc/x)");
    CHECK(file.value("G") == "`lsb_release -i 2> /dev/null || echo X`");
    CHECK_FALSE(file.value("H"));
    CHECK(file.find("A")->line == 8);
}

TEST_CASE("shell assignments: a value may go on over lines") {
    const auto file = ShellAssignments::parse("A=\"one\ntwo\"\nB=x\\\ny\nC=3\n");
    CHECK(file.value("A") == "one\ntwo");
    CHECK(file.value("B") == "xy");
    CHECK(file.find("C")->line == 5);
}

TEST_CASE("shell assignments: what is no plain assignment is named by its line") {
    const auto file =
        ShellAssignments::parse("A=\"x\" y\nB=1\nif true; then\nC = 2\nD=\"open\n. /etc/other");
    CHECK(file.malformed_lines() == Lines{1, 3, 4, 5, 6});
    CHECK_FALSE(file.value("A"));
    CHECK(file.value("B") == "1");
}

TEST_CASE("shell assignments: an edit changes one value and nothing else") {
    auto file = ShellAssignments::parse("# head\r\nA='1'  # why\nB=2");
    file.set("A", "x \"y\" $z");
    CHECK(file.text() == "# head\r\nA=\"x \\\"y\\\" \\$z\"  # why\nB=2");
    CHECK(file.value("A") == "x \"y\" $z");
    file.set("C", "3");
    CHECK(file.text().ends_with("\nB=2\nC=\"3\"\n"));
}

TEST_CASE("shell assignments: hostile input ends, and soon") {
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += "A=$(\n";
    CHECK(ShellAssignments::parse(text).malformed_lines().size() > 100'000);
    text = "A=" + std::string(1 << 20, '"');
    CHECK(ShellAssignments::parse(text).text() == text);
    CHECK(ShellAssignments::parse(std::string("A=\0b\nB=`", 9)).value("A") ==
          std::string("\0b", 2));
}

TEST_CASE("shell assignments: /etc/default/grub of real systems") {
    for (const auto& fixture : fixtures_of_kind("default-grub")) {
        INFO(fixture.name);
        const auto file = ShellAssignments::parse(fixture.text);
        CHECK(file.text() == fixture.text);
        CHECK(file.malformed_lines() == fixture.expected.at("malformed_line_numbers").get<Lines>());
        CHECK(file.malformed_lines().empty() == fixture.expected.at("well_formed").get<bool>());
        for (const auto& [key, value] : fixture.expected.items())
            if (key.starts_with("GRUB_")) CHECK(file.value(key) == value.get<std::string>());
    }
}

}  // namespace
}  // namespace guestprep
