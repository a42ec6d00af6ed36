// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::other_guest_tools_are_removed.evaluate(facts, {});
}

TEST_CASE("guest tools: none passes, some are named with their files, unlooked is unknown") {
    Facts facts;
    CHECK(judge(facts).status == Status::unknown);
    facts.software.guest_tools = std::vector<FoundSoftware>();
    CHECK(judge(facts).status == Status::pass);
    facts.software.guest_tools = std::vector<FoundSoftware>{
        {.product = "QEMU guest agent", .evidence = "/usr/sbin/qemu-ga", .service = {}}};
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.summary == "QEMU guest agent is there");
    CHECK(finding.evidence.at(0).where == "/usr/sbin/qemu-ga");
}

}  // namespace
}  // namespace guestprep
