// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

constexpr std::uint64_t kTib = 1ULL << 40;

Finding judge(const BlockDevice& boot, const Profile& profile) {
    auto facts = plain_machine();
    facts.storage.devices->at(0) = boot;
    return checks::boot_disk_size.evaluate(facts, profile);
}

TEST_CASE("boot disk size: up to 2 TiB passes whatever the table") {
    CHECK(judge(disk("sda", "dos", "", 2 * kTib), profile_2018()).status == Status::pass);
    auto unread = disk("sda", "", "", kTib);
    unread.unread = "permission denied";
    CHECK(judge(unread, profile_2026()).status == Status::pass);
}

TEST_CASE("boot disk size: over 2 TiB an MBR fails, GPT under the present rules does not") {
    CHECK(judge(disk("sda", "dos", "", 2 * kTib + 512), profile_2026()).status == Status::fail);
    CHECK(judge(disk("sda", "gpt", "", 3 * kTib), profile_2026()).status == Status::pass);
    CHECK(judge(disk("sda", "gpt", "", 3 * kTib), profile_2018()).status == Status::fail);
}

TEST_CASE("boot disk size: what import-image does not take import-snapshot may") {
    CHECK(judge(disk("sda", "gpt", "", 9 * kTib), profile_2026()).variant == "image-limit");
    const auto finding = judge(disk("sda", "gpt", "", 17 * kTib), profile_2026());
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant.empty());
}

TEST_CASE("boot disk size: a large disk whose table is unread, or no disk seen, is unknown") {
    auto unread = disk("sda", "", "", 3 * kTib);
    unread.unread = "permission denied";
    CHECK(judge(unread, profile_2026()).status == Status::unknown);
    CHECK(checks::boot_disk_size.evaluate(plain_directory(), profile_2026()).status ==
          Status::unknown);
}

}  // namespace
}  // namespace guestprep
