// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::system_drive_is_not_encrypted.evaluate(facts, profile_2026());
}

TEST_CASE("win-bitlocker passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
        put_disk(facts, "dos");
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-bitlocker fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.bitlocker = 1U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        // Unlocked, it looks like any other volume; its first sector says what it is.
        auto facts = sound_windows();
        put_disk(facts, "gpt");
        facts.storage.devices->at(2).encrypted = Truth::yes;
        CHECK(judge(facts).status == Status::fail);
        CHECK(mentions(judge(facts), "C:"));
        CHECK(checks::volumes_not_encrypted.evaluate(facts, profile_2026()).status == Status::fail);
    }
    {
        auto facts = sound_windows();
        service_of(facts, "veracrypt").start = 0U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "veracrypt"));
    }
}

TEST_CASE("win-bitlocker is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.bitlocker = not_set<std::uint64_t>();
        CHECK(judge(facts).status == Status::unknown);
    }
    {
        // A sector that could not be read: the registry speaks for the system drive alone.
        auto facts = sound_windows();
        put_disk(facts, "dos");
        auto& devices = *facts.storage.devices;
        devices[2].encrypted = Truth::unknown;
        CHECK(judge(facts).status == Status::pass);
        devices[1].encrypted = Truth::unknown;
        CHECK(judge(facts).status == Status::unknown);
        devices[1].encrypted = Truth::no;
        devices[0].unread = "access denied";
        CHECK(judge(facts).status == Status::unknown);
    }
    {
        auto facts = sound_windows();
        facts.windows->system.services = unreadable<std::vector<WindowsService>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
