// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::clock_is_utc_and_set.evaluate(facts, profile_2026());
}

ServiceState service(Enablement state) { return {"chronyd.service", state, "", "", false}; }

TEST_CASE("clock: local time, no client, a client without Amazon's server") {
    Facts facts;
    auto& clock = facts.first_boot.clock;
    CHECK(judge(facts).status == Status::fail);
    clock.services = {service(Enablement::enabled)};
    CHECK(judge(facts).status == Status::fail);
    clock.asks_amazon = true;
    CHECK(judge(facts).status == Status::pass);
    clock.local_time = {"/etc/adjtime:3", "LOCAL"};
    CHECK(judge(facts).evidence.at(0).where == "/etc/adjtime:3");
    clock.local_time = {};
    clock.services = {service(Enablement::unknown)};
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
