// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(int disks, const Profile& profile) {
    auto facts = plain_machine();
    for (int i = 1; i < disks; ++i)
        facts.storage.devices->push_back(disk("vd" + std::to_string(i)));
    return checks::volumes_within_limit.evaluate(facts, profile);
}

TEST_CASE("volumes: the limits of 2018 and of now") {
    CHECK(judge(1, profile_2026()).status == Status::pass);
    CHECK(judge(21, profile_2026()).status == Status::pass);
    CHECK(judge(22, profile_2026()).status == Status::fail);
    CHECK(judge(22, profile_2018()).status == Status::pass);
    CHECK(judge(23, profile_2018()).status == Status::fail);
}

TEST_CASE("volumes: what is not exported does not count") {
    auto facts = plain_machine();
    for (int i = 0; i < 30; ++i) {
        auto stick = disk("sdx" + std::to_string(i));
        stick.removable = i < 10;
        stick.bus = i < 20 ? "usb" : "iscsi";
        facts.storage.devices->push_back(stick);
    }
    CHECK(checks::volumes_within_limit.evaluate(facts, profile_2026()).status == Status::pass);
}

TEST_CASE("volumes: none seen is unknown") {
    auto facts = plain_machine();
    facts.storage.devices = Devices();
    CHECK(checks::volumes_within_limit.evaluate(facts, profile_2026()).status == Status::unknown);
    CHECK(checks::volumes_within_limit.evaluate(plain_directory(), profile_2026()).status ==
          Status::unknown);
}

}  // namespace
}  // namespace guestprep
