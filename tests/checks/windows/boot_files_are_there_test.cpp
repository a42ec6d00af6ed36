// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::boot_files_are_there.evaluate(facts, profile_2026());
}

TEST_CASE("win-boot-files passes") {
    auto facts = sound_windows();
    facts.windows->boot.boot_files =
        BootFiles{"/Harddisk0Partition1", {"bootmgr", R"(Boot\BCD)"}, {}};
    CHECK(judge(facts).status == Status::pass);
    CHECK(mentions(judge(facts), "Harddisk0Partition1"));
}

TEST_CASE("win-boot-files fails") {
    auto facts = sound_windows();
    facts.windows->boot.boot_files = BootFiles{"/C:", {"bootmgr"}, {R"(Boot\BCD)"}};
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(mentions(finding, R"(Boot\BCD)"));
}

TEST_CASE("win-boot-files is unknown") {
    auto facts = sound_windows();
    CHECK(judge(facts).status == Status::unknown);
    facts.windows->boot.boot_files = BootFiles{};
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
