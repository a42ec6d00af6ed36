// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/boot_loader_entry.h"

#include "agent/formats/kernel_command_line.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

TEST_CASE("boot loader entry: keys, comments, repeated options") {
    const auto entry = BootLoaderEntry::parse(
        "m-5.14.conf", "# x\ntitle  Red Hat (5.14)\noptions root=UUID=x\r\noptions ro\nlinux /v\n");
    CHECK(entry.id() == "m-5.14");
    CHECK(entry.value("title") == "Red Hat (5.14)");
    CHECK(entry.all("options") == "root=UUID=x ro");
    CHECK(entry.find("linux")->number == 5);
    CHECK(entry.find("initrd") == nullptr);
}

TEST_CASE("boot loader entry: an edit changes one value") {
    auto entry = BootLoaderEntry::parse("a", "title T\noptions\nlinux /v");
    entry.set("options", "ro quiet");
    CHECK(entry.text() == "title T\noptions ro quiet\nlinux /v");
    entry.set("initrd", "/i");
    CHECK(entry.text() == "title T\noptions ro quiet\nlinux /v\ninitrd /i\n");
}

TEST_CASE("boot loader entry: ordered as rpm orders versions") {
    const auto newer = [](std::string_view a, std::string_view b) {
        return compare_entry_ids(a, b) > 0 && compare_entry_ids(b, a) < 0;
    };
    CHECK(newer("m-5.14.0-70.13.1.el9.x86_64", "m-5.14.0-70.el9.x86_64"));
    CHECK(newer("m-5.14.0-427.el9", "m-5.14.0-70.el9"));
    CHECK(newer("m-5.14.0-70.el9", "m-0-rescue"));
    CHECK(newer("m-1.0", "m-1.0~rc1"));
    CHECK((compare_entry_ids("m-1.01", "m-1.1") == 0));
    CHECK((compare_entry_ids("", "") == 0));
}

TEST_CASE("boot loader entry: real files") {
    for (const auto& fixture : fixtures_of_kind("bls-entry")) {
        INFO(fixture.name);
        const auto& wanted = fixture.expected;
        const auto entry = BootLoaderEntry::parse("x.conf", fixture.text);
        CHECK(entry.text() == fixture.text);
        for (const auto* key :
             {"id", "title", "version", "linux", "initrd", "options", "grub_users"})
            CHECK(entry.value(key) == wanted.at(key).get<std::string>());
        const auto root = kernel_argument(entry.all("options"), "root");
        CHECK(nlohmann::json(root ? nlohmann::json(*root) : nullptr) == wanted.at("root"));
        if (wanted.contains("has_net_ifnames_0"))
            CHECK((kernel_argument(entry.all("options"), "net.ifnames") == "0") ==
                  wanted.at("has_net_ifnames_0").get<bool>());
    }
}

}  // namespace
}  // namespace guestprep
