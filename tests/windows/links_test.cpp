// SPDX-License-Identifier: Apache-2.0
//
// Wine makes no junctions: what the system says of one is spelt out here, byte by byte.
#include "agent/formats/registry_value.h"
#include "platform/windows/reparse.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

std::string le(std::uint32_t number, std::size_t size) {
    std::string bytes;
    for (; size != 0; --size, number >>= 8U) bytes += static_cast<char>(number & 0xffU);
    return bytes;
}

/// As the system keeps it: first the name for a person, then the one that counts.
std::string data_of(std::uint32_t tag, std::string_view target, std::uint32_t flags = 0) {
    const auto print = utf16_from_utf8("shown");
    const auto substitute = utf16_from_utf8(target);
    std::string rest = le(static_cast<std::uint32_t>(print.size()), 2) +
                       le(static_cast<std::uint32_t>(substitute.size()), 2) + le(0, 2) +
                       le(static_cast<std::uint32_t>(print.size()), 2);
    if (tag == 0xA000000C) rest += le(flags, 4);
    rest += print + substitute;
    return le(tag, 4) + le(static_cast<std::uint32_t>(rest.size()), 2) + le(0, 2) + rest;
}

TEST_CASE("links: junctions and symbolic links say where they lead") {
    const auto junction = link_said(data_of(0xA0000003, "\\??\\C:\\Users"));
    REQUIRE(junction);
    REQUIRE(*junction);
    CHECK((*junction)->text == "/C:/Users");
    CHECK_FALSE((*junction)->is_relative);

    const auto absolute = link_said(data_of(0xA000000C, "\\??\\d:\\Größe"));
    REQUIRE(absolute);
    REQUIRE(*absolute);
    CHECK((*absolute)->text == "/d:/Größe");

    const auto relative = link_said(data_of(0xA000000C, "..\\x y", 1));
    REQUIRE(relative);
    REQUIRE(*relative);
    CHECK((*relative)->text == "../x y");
    CHECK((*relative)->is_relative);
}

TEST_CASE("links: mounted volumes and what drivers keep are no links") {
    for (const auto& data :
         {data_of(0xA0000003, "\\??\\Volume{12345678-0000-0000-0000-000000000000}\\"),
          data_of(0x80000013, "deduplicated"), data_of(0x9000001A, "in the cloud"),
          std::string()}) {
        const auto said = link_said(data);
        REQUIRE(said);
        CHECK_FALSE(*said);
    }
}

TEST_CASE("links: to other machines they are refused, and damage is told") {
    const auto network = link_said(data_of(0xA000000C, "\\??\\UNC\\server\\share"));
    REQUIRE_FALSE(network);
    CHECK(network.error().code == Errc::unsupported);
    const auto device = link_said(data_of(0xA000000C, "\\Device\\Null"));
    REQUIRE_FALSE(device);
    CHECK(device.error().code == Errc::unsupported);
    const auto whole = data_of(0xA0000003, "\\??\\C:\\Users");
    for (std::size_t size = 4; size < whole.size(); ++size) {
        const auto said = link_said(whole.substr(0, size));
        INFO(size);
        REQUIRE_FALSE(said);
        CHECK(said.error().code == Errc::bad_syntax);
    }
}

}  // namespace
}  // namespace guestprep
