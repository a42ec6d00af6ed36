// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::boot_volume_is_mbr.evaluate(facts, profile_2026());
}

TEST_CASE("win-partition-mbr does not apply") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::not_applicable);
    }
}

TEST_CASE("win-partition-mbr under the rules of 2018") {
    auto facts = sound_windows();
    const auto judge_2018 = [&] {
        return checks::boot_volume_is_mbr.evaluate(facts, profile_2018());
    };
    CHECK(judge_2018().status == Status::pass);
    // A BIOS starts Windows from an MBR: a volume called by a GUID is a dynamic one there.
    facts.windows->boot.partition_style = "GPT";
    CHECK(judge_2018().status == Status::unknown);
    facts.os.firmware = Firmware::uefi;
    CHECK(judge_2018().status == Status::fail);
    facts.windows->boot.partition_style = unreadable<std::string>();
    CHECK(judge_2018().status == Status::unknown);
    put_disk(facts, "dos");
    CHECK(judge_2018().status == Status::pass);
    put_disk(facts, "gpt");
    CHECK(judge_2018().status == Status::fail);
    facts.storage.devices->front().unread = "access denied";
    CHECK(judge_2018().status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
