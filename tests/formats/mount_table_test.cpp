// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/mount_table.h"

#include <algorithm>

#include "agent/core/text.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

TEST_CASE("mountinfo: number, root and both option lists, with and without optional fields") {
    const auto mounts = parse_mountinfo(
        "36 35 98:0 /@ /mnt\\0402 rw,noatime master:1 shared:2 - btrfs /dev/sda1 rw,subvol=/@\n"
        "15 20 0:3 / /proc rw - proc proc rw\n");
    REQUIRE(mounts.size() == 2);
    CHECK(mounts[0] ==
          Mount{"/dev/sda1", "/mnt 2", "btrfs", {"rw", "noatime", "subvol=/@"}, "98:0", "/@"});
    CHECK(mounts[1].mount_point == "/proc");
    CHECK(mounts[1].options == std::vector<std::string>{"rw"});
}

TEST_CASE("mountinfo: cut lines and junk are left out") {
    CHECK(parse_mountinfo("36 35 98:0 / /mnt rw - ext4\n- - -\n\n\xff\xfe\0").empty());
    CHECK(parse_mountinfo("1 2 3:4 / / rw " + std::string(1 << 20, 'x')).empty());
}

TEST_CASE("mounts: the old table has no number and no root") {
    const auto mounts = parse_mounts("rootfs / rootfs rw 0 0\n/dev/root / ext3 rw 0 0\nshort\n");
    REQUIRE(mounts.size() == 2);
    CHECK(mounts[1] == Mount{"/dev/root", "/", "ext3", {"rw"}, "", ""});
}

TEST_CASE("mounts: passwords of network mounts are dropped at once") {
    CHECK(parse_mounts("//h/s /m cifs rw,password=geheim 0 0")[0].options ==
          std::vector<std::string>{"rw", "password=(hidden)"});
}

TEST_CASE("mounts: the real tables") {
    for (const auto& fixture : fixtures_of_kind("proc-mounts")) {
        INFO(fixture.name);
        const auto mounts = parse_mounts(fixture.text);
        CHECK(mounts.size() == fixture.expected["entry_count"].get<std::size_t>());
        std::vector<std::string> roots;
        for (const auto& mount : mounts)
            if (mount.mount_point == "/") roots.push_back(mount.source);
        CHECK(nlohmann::json(roots) == fixture.expected["root"]);
    }
}

}  // namespace
}  // namespace guestprep
