// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::system_not_on_multipath.evaluate(facts, profile_2026());
}

TEST_CASE("multipath: below the system, elsewhere, only configured") {
    auto facts = plain_machine();
    facts.volume_managers.find_multipaths = failure(Errc::not_found, "no such file");
    CHECK(judge(facts).status == Status::pass);
    facts.volume_managers.find_multipaths =
        ConfigLine{"/etc/multipath.conf:2", "find_multipaths no"};
    CHECK(judge(facts).variant == "data");
    facts.volume_managers.find_multipaths =
        ConfigLine{"/etc/multipath.conf:2", "find_multipaths yes"};
    CHECK(judge(facts).status == Status::pass);
    facts.storage.devices->push_back(mapper("dm-0", "mpatha", {"sda"}));
    facts.storage.devices->back().mapper_uuid = "mpath-3600";
    CHECK(judge(facts).variant == "data");
    facts.storage.devices->push_back(mapper("dm-1", "mpatha1", {"dm-0"}, "ext4", "r"));
    facts.storage.mounts = Mounts{mounted("/", "/dev/mapper/mpatha1", "ext4", "n:dm-1")};
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).variant.empty());
}

TEST_CASE("multipath: a directory tells by names in fstab only") {
    auto facts = plain_directory();
    CHECK(judge(facts).status == Status::unknown);
    facts.storage.fstab = fstab("/dev/mapper/mpatha2 / ext4 defaults 0 1\n");
    CHECK(judge(facts).status == Status::fail);
}

}  // namespace
}  // namespace guestprep
