// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::boot_partition_is_active.evaluate(facts, profile_2026());
}

TEST_CASE("active partition: asked of an MBR boot disk only") {
    auto facts = plain_machine();
    CHECK(judge(facts).status == Status::fail);
    facts.storage.devices->at(1).active = true;
    CHECK(judge(facts).status == Status::pass);
    facts.storage.devices->at(0).table = "gpt";
    CHECK(judge(facts).status == Status::not_applicable);
    facts.storage.devices->at(0).unread = "permission denied";
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(plain_directory()).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
