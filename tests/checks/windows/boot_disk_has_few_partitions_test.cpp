// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::boot_disk_has_few_partitions.evaluate(facts, profile_2026());
}

Facts with_partitions(int count) {
    auto facts = sound_windows();
    put_disk(facts, "gpt");
    for (int i = 3; i <= count; ++i)
        facts.storage.devices->push_back(
            partition("Harddisk0Partition" + std::to_string(i), "PhysicalDrive0"));
    return facts;
}

TEST_CASE("win-primary-partitions passes") {
    CHECK(judge(with_partitions(3)).status == Status::pass);
    auto facts = sound_windows();
    put_disk(facts, "dos");
    CHECK(judge(facts).status == Status::not_applicable);
    // Another disk's do not count.
    facts = with_partitions(3);
    facts.storage.devices->push_back(disk("PhysicalDrive1", "gpt"));
    for (int i = 1; i < 9; ++i)
        facts.storage.devices->push_back(
            partition("Harddisk1Partition" + std::to_string(i), "PhysicalDrive1"));
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("win-primary-partitions fails") {
    CHECK(judge(with_partitions(4)).variant == "four");
    const auto finding = judge(with_partitions(5));
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant.empty());
    CHECK(mentions(finding, "5 partitions"));
}

TEST_CASE("win-primary-partitions is unknown") {
    CHECK(judge(sound_windows()).status == Status::unknown);
    auto facts = with_partitions(5);
    facts.storage.devices->front().unread = "access denied";
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
