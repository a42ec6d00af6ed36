// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/braced_settings.h"

#include "agent/core/text.h"
#include "agent/formats/lvm_filter.h"
#include "agent/formats/modprobe_conf.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

TEST_CASE("braced settings: lvm.conf with lists, comments and sections on one line") {
    const auto settings = parse_braced_settings(
        "# filter = [ \"r|.*|\" ]\r\ndevices {\r\n\tdir = \"/dev\" # comment\n"
        "  filter = [ \"a|^/dev/sd|\",\n \"r|.*|\" ]\n}\nglobal { use_lvmetad=1 }\n"
        "devices/scan=1\n");
    REQUIRE(settings.size() == 4);
    CHECK(settings[0].name == "devices/dir");
    CHECK(settings[1].name == "devices/filter");
    CHECK(settings[1].values == std::vector<std::string>{"a|^/dev/sd|", "r|.*|"});
    CHECK(settings[1].line == 4);
    CHECK(settings[1].last_line == 5);
    CHECK(settings[2].name == "global/use_lvmetad");
    CHECK(settings[3].name == "devices/scan");
}

TEST_CASE("braced settings: multipath.conf has no equals signs") {
    const auto settings = parse_braced_settings(
        "defaults\n{\n\tfind_multipaths no\n}\nblacklist {\n device {\n  vendor \"VMware\"\n "
        "}\n}\n");
    REQUIRE(settings.size() == 2);
    CHECK(settings[0].name == "defaults/find_multipaths");
    CHECK(settings[0].values == std::vector<std::string>{"no"});
    CHECK(settings[1].name == "blacklist/device/vendor");
}

TEST_CASE("braced settings: lines become comments, and nothing else goes with them") {
    const auto commented = [](const std::string& text, const std::string& name) {
        auto settings = parse_braced_settings(text);
        std::erase_if(settings, [&](const auto& one) { return one.name != name; });
        return comment_out_settings(text, settings);
    };
    CHECK(commented("a {\n b = 1\n c = [ 1,\n 2 ]\n}\n", "a/c") ==
          "a {\n b = 1\n# c = [ 1,\n# 2 ]\n}\n");
    CHECK_FALSE(commented("a {\n c = 1 }\n", "a/c"));
    CHECK_FALSE(commented("a { c = 1\n}\n", "a/c"));
}

TEST_CASE("braced settings: hostile text ends") {
    CHECK(parse_braced_settings(std::string(100'000, '{')).empty());
    CHECK(parse_braced_settings(std::string(100'000, '}')).empty());
    CHECK(parse_braced_settings("a = \"never ends").size() == 1);
    std::string deep;
    for (int i = 0; i < 20'000; ++i) deep += "a {\n";
    CHECK(parse_braced_settings(deep).empty());
}

TEST_CASE("LVM filters: the first pattern of a name, any accepted name") {
    CHECK(lvm_filter_admits({}, {"/dev/xvda"}).value());
    CHECK_FALSE(lvm_filter_admits({"r/.*/"}, {"/dev/xvda"}).value());
    CHECK(lvm_filter_admits({"a|by-id|", "r|.*|"}, {"/dev/xvda", "/dev/disk/by-id/x"}).value());
    CHECK_FALSE(lvm_filter_admits({"r|xvd|", "a|.*|"}, {"/dev/xvda"}).value());
    CHECK_FALSE(lvm_filter_admits({"a|(|"}, {"/dev/xvda"}));
    CHECK_FALSE(lvm_filter_admits({"a|" + std::string(400, '(') + "|"}, {"/dev/xvda"}));
    CHECK(lvm_filter_admits({"r|((((a*)*)*)*)*b|"}, {"/dev/aaaaaaaaaaaaaaaaaaaaaaaa"}).value());
}

TEST_CASE("modprobe.d: names, continued lines, comments") {
    const auto lines = parse_modprobe_conf(
        "# blacklist ena\nblacklist xen-blkfront\r\ninstall nvme \\\n  /bin/false\n\nblacklist\n");
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].module == "xen_blkfront");
    CHECK(lines[0].line == 2);
    CHECK(lines[1].rest == "/bin/false");
    CHECK(lines[1].line == 3);
}

}  // namespace
}  // namespace guestprep
