// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/crypttab.h"

#include "tests/support/catch.h"

namespace guestprep {
namespace {

TEST_CASE("crypttab: names, devices, keys and options") {
    const auto entries = parse_crypttab(
        "# target source key options\n\nluks-root UUID=a-b none luks,discard\n"
        "swap /dev/sda3 /dev/urandom swap,cipher=aes\nold /dev/sdb1\nlonely\n");
    REQUIRE(entries.size() == 3);
    CHECK(entries[0].line == 3);
    CHECK(entries[0].name == "luks-root");
    CHECK(entries[0].device == "UUID=a-b");
    CHECK(entries[0].options == std::vector<std::string>{"luks", "discard"});
    CHECK_FALSE(entries[0].has_random_key());
    CHECK(entries[1].has_random_key());
    CHECK(entries[2].key.empty());
}

TEST_CASE("crypttab: a key that is no path is not kept") {
    const auto entries = parse_crypttab("home /dev/sda5 geheim luks\r\n");
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].key == "(hidden)");
    CHECK(entries[0].shown() == "home /dev/sda5 (hidden) luks");
}

TEST_CASE("crypttab: junk gives nothing") {
    CHECK(parse_crypttab(std::string(3, '\0')).empty());
    CHECK(parse_crypttab(std::string(1 << 20, 'x')).empty());
}

}  // namespace
}  // namespace guestprep
