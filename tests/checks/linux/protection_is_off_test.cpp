// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Finding judge(std::vector<FoundSoftware> found) {
    Facts facts;
    facts.software.protection = std::move(found);
    return checks::protection_is_off.evaluate(facts, {});
}
FoundSoftware product(Enablement state) {
    return {.product = "ClamAV",
            .evidence = "/etc/link",
            .service = {.name = "clamav-daemon", .state = state}};
}

TEST_CASE("protection: none, or one that is not started, passes") {
    CHECK(judge({}).status == Status::pass);
    CHECK(judge({product(Enablement::disabled)}).status == Status::pass);
    CHECK(judge({product(Enablement::masked)}).status == Status::pass);
}

TEST_CASE("protection: what starts at boot, runs by cron or is loaded fails") {
    const auto finding = judge({product(Enablement::enabled)});
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).where == "/etc/link");
    auto aide = product(Enablement::absent);
    aide.scheduled = true;
    CHECK(judge({aide}).status == Status::fail);
    auto module = product(Enablement::absent);
    module.loaded = true;
    CHECK(judge({module}).status == Status::fail);
}

TEST_CASE("protection: services that cannot be told are unknown") {
    CHECK(checks::protection_is_off.evaluate(Facts(), {}).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
