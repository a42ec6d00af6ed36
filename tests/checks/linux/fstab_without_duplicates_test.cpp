// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(std::string_view text) {
    auto facts = plain_directory();
    facts.storage.fstab = fstab(text);
    return checks::fstab_without_duplicates.evaluate(facts, profile_2026());
}

TEST_CASE("fstab duplicates: one line each passes, and so do several for swap or on demand") {
    CHECK(judge("UUID=1 / ext4\nUUID=2 none swap\nUUID=3 none swap\n/dev/sdc1 /u auto noauto\n"
                "/dev/sdd1 /u auto noauto\nUUID=4 /d ext4\n")
              .status == Status::pass);
}

TEST_CASE("fstab duplicates: two for one directory fail, however it is written") {
    const auto finding = judge("LABEL=d /d ext4\nUUID=1 / ext4\n/dev/sdb1 /d/ ext4\n");
    CHECK(finding.status == Status::fail);
    REQUIRE(finding.evidence.size() == 2);
    CHECK(finding.evidence[1].where == "/etc/fstab:3");
}

TEST_CASE("fstab duplicates: an fstab that cannot be read is unknown") {
    auto facts = plain_directory();
    facts.storage.fstab = failure(Errc::access_denied, "denied");
    CHECK(checks::fstab_without_duplicates.evaluate(facts, profile_2026()).status ==
          Status::unknown);
}

}  // namespace
}  // namespace guestprep
