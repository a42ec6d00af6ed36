// SPDX-License-Identifier: Apache-2.0
#include "agent/core/text.h"

#include "agent/core/guest_path.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

using Lines = std::vector<std::string_view>;

TEST_CASE("text: lines end at LF or CRLF, the last one may lack it") {
    CHECK(lines_of("a\r\nb\nc") == Lines{"a", "b", "c"});
    CHECK(lines_of("a\n") == Lines{"a"});
    CHECK(lines_of("\n\n") == Lines{"", ""});
    CHECK(lines_of("").empty());
}

TEST_CASE("text: globs as fnmatch knows them") {
    CHECK(matches_glob("*.conf", "10-x.conf"));
    CHECK_FALSE(matches_glob("*.conf", "x.conf~"));
    CHECK(matches_glob("e[nt]?*", "eth0"));
    CHECK(matches_glob("[!e]*", "lo"));
    CHECK_FALSE(matches_glob("[!e]*", "eth0"));
    CHECK(matches_glob("eth[0-9]", "eth7"));
    CHECK(matches_glob("[", "["));
    CHECK(matches_glob("", ""));
    CHECK_FALSE(matches_glob("", "a"));
    CHECK(matches_glob("*a*b*c", "xxaxxbxxc"));
}

TEST_CASE("text: a hostile glob takes no exponential time") {
    const std::string text(3000, 'a');
    std::string pattern;
    for (int i = 0; i < 200; ++i) pattern += "*a";
    CHECK_FALSE(matches_glob(pattern + "*b", text));
}

TEST_CASE("text: reports get valid UTF-8 and no control characters") {
    CHECK(to_utf8("a\xFFz") == "a\uFFFDz");
    CHECK(to_utf8("\xC0\xAF") == "\uFFFD\uFFFD");
    CHECK(to_utf8("gr\u00fcn") == "gr\u00fcn");
    CHECK(to_utf8("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");
    CHECK(to_utf8("\xE2\x82") == "\uFFFD\uFFFD");
    CHECK(shown("a\tb\x1b[31m") == "a b [31m");
    CHECK(shown(std::string(2000, 'x'), 10) == "xxxxxxxxxx\u2026");
}

TEST_CASE("text: versions compare by number") {
    CHECK(compare_versions("5.9", "5.10") < 0);
    CHECK(compare_versions("6.1.0-28", "6.1.0-9") > 0);
    CHECK(compare_versions("2.6.32", "2.6.32") == 0);
    CHECK(compare_versions("7", "7.0") < 0);
}

TEST_CASE("text: numbers are whole or nothing") {
    CHECK(to_number("22") == 22);
    CHECK_FALSE(to_number("22x"));
    CHECK_FALSE(to_number(""));
    CHECK_FALSE(to_number("-1"));
    CHECK_FALSE(to_number("99999999999999999999999"));
}

TEST_CASE("guest path: normalised by text, never above the root") {
    CHECK(GuestPath("/etc//x/../fstab/").str() == "/etc/fstab");
    CHECK(GuestPath("/../../etc").str() == "/etc");
    CHECK(GuestPath("").str() == "/");
    CHECK((GuestPath("/etc") / "fstab").str() == "/etc/fstab");
    CHECK(GuestPath("/etc/fstab").link_target("../proc/mounts").str() == "/proc/mounts");
    CHECK(GuestPath("/etc/fstab").link_target("/x").str() == "/x");
    CHECK(GuestPath("/etc/fstab").name() == "fstab");
    CHECK(GuestPath("/").parent().str() == "/");
}

}  // namespace
}  // namespace guestprep
