// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

constexpr std::uint64_t kTib = 1ULL << 40;

Finding judge(std::uint64_t size, const Profile& profile) {
    auto facts = plain_machine();
    facts.storage.devices->push_back(disk("sdb", "gpt", "", size));
    return checks::data_disk_size.evaluate(facts, profile);
}

TEST_CASE("data disks: no such disk, nothing to judge") {
    CHECK(checks::data_disk_size.evaluate(plain_machine(), profile_2026()).status ==
          Status::not_applicable);
}

TEST_CASE("data disks: the limits of 2018 and of now") {
    CHECK(judge(4 * kTib, profile_2018()).status == Status::pass);
    CHECK(judge(5 * kTib, profile_2018()).status == Status::fail);
    CHECK(judge(5 * kTib, profile_2018()).variant.empty());
    CHECK(judge(5 * kTib, profile_2026()).status == Status::pass);
    CHECK(judge(8 * kTib, profile_2026()).variant == "image-limit");
    CHECK(judge(9 * kTib, profile_2026()).variant == "image-limit");
    CHECK(judge(16 * kTib, profile_2026()).status == Status::fail);
    CHECK(judge(16 * kTib, profile_2026()).variant.empty());
}

TEST_CASE("data disks: where the boot disk is not known all disks are judged") {
    auto facts = plain_machine();
    facts.storage.mounts = failure(Errc::access_denied, "denied");
    facts.storage.devices->push_back(disk("sdb", "gpt", "", 9 * kTib));
    CHECK(checks::data_disk_size.evaluate(facts, profile_2026()).status == Status::fail);
}

TEST_CASE("data disks: not seen is unknown") {
    CHECK(checks::data_disk_size.evaluate(plain_directory(), profile_2026()).status ==
          Status::unknown);
}

}  // namespace
}  // namespace guestprep
