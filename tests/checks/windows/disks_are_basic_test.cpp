// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

constexpr const char* kLdmData = "af9b60a0-1431-4f62-bc68-3311714a69ad";

Finding judge(const Facts& facts) {
    return checks::disks_are_basic.evaluate(facts, profile_2026());
}

Facts with_disk(const std::string& table) {
    auto facts = sound_windows();
    put_disk(facts, table);
    return facts;
}

TEST_CASE("win-dynamic-disk passes") {
    CHECK(judge(with_disk("dos")).status == Status::pass);
    CHECK(judge(with_disk("gpt")).status == Status::pass);
    // By the registry alone: C: is the one drive, and is called by signature and offset.
    CHECK(judge(sound_windows()).status == Status::pass);
}

TEST_CASE("win-dynamic-disk fails") {
    auto facts = with_disk("dos");
    facts.storage.devices->at(1).partition_type = "0x42";
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).variant.empty());
    facts = with_disk("gpt");
    facts.storage.devices->at(2).partition_type = kLdmData;
    CHECK(judge(facts).variant == "gpt");
    facts = with_disk("dos");
    facts.storage.devices->push_back(disk("PhysicalDrive1"));
    facts.storage.devices->push_back(partition("Harddisk1Partition1", "PhysicalDrive1"));
    facts.storage.devices->back().partition_type = "0x42";
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).variant == "data");
    // Without an answer which disk Windows is on it may be that one.
    facts.storage.mounts = unreadable<std::vector<Mount>>();
    CHECK(judge(facts).variant.empty());
    facts = sound_windows("2003");
    facts.windows->boot.partition_style = "GPT";
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("win-dynamic-disk is unknown") {
    auto facts = with_disk("dos");
    facts.storage.devices->front().unread = "access denied";
    CHECK(judge(facts).status == Status::unknown);
    facts = sound_windows();
    facts.windows->boot.partition_style = "GPT";
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(facts).variant.empty());
    facts.windows->boot.partition_style = unreadable<std::string>();
    CHECK(judge(facts).status == Status::unknown);
    facts = sound_windows();
    facts.windows->boot.mounted_letters->push_back("E:");
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(facts).variant == "data");
    facts.storage.devices = std::vector<BlockDevice>{};
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
