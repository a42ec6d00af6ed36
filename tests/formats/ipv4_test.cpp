// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/ipv4.h"

#include "tests/support/catch.h"

namespace guestprep {
namespace {

std::string round(std::string_view text) {
    const auto range = parse_ipv4_range(text);
    return range ? to_text(*range) : "none";
}

TEST_CASE("IPv4: addresses, prefixes and masks") {
    CHECK(round("192.0.2.1") == "192.0.2.1");
    CHECK(round("192.0.2.1/24") == "192.0.2.0/24");
    CHECK(round("10.0.0.0/255.0.0.0") == "10.0.0.0/8");
    CHECK(round("0.0.0.0/0") == "0.0.0.0/0");
    CHECK(round("1.2.3.4/32") == "1.2.3.4");
    CHECK(round("0/0") == "0.0.0.0/0");
    CHECK(round("172.16/12") == "172.16.0.0/12");
    CHECK(parse_ipv4_range("10") == std::nullopt);
    CHECK(to_text({0x0A000001, 0x0A000009}) == "10.0.0.1-10.0.0.9");
}

TEST_CASE("IPv4: what is no address is none") {
    for (const auto* text : {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "a.b.c.d", "1.2.3.4/33",
                             "1.2.3.4/", "::1", "1.2.3.4/255.0.255.0"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_ipv4_range(text));
    }
}

TEST_CASE("IPv4: which addresses the Internet carries") {
    const auto off = [](std::string_view text) { return is_off_internet(*parse_ipv4(text)); };
    CHECK(off("10.1.2.3"));
    CHECK(off("172.31.255.255"));
    CHECK(off("192.168.77.1"));
    CHECK(off("100.64.0.1"));
    CHECK(off("255.255.255.255"));
    CHECK_FALSE(off("172.32.0.1"));
    CHECK_FALSE(off("8.8.8.8"));
    CHECK(is_private(*parse_ipv4("10.1.2.3")));
    CHECK_FALSE(is_private(*parse_ipv4("127.0.0.1")));
}

}  // namespace
}  // namespace guestprep
