// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::is_in_no_domain.evaluate(facts, profile_2026());
}

TEST_CASE("win-domain-joined passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-domain-joined fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        service_of(facts, "Netlogon").start = 2U;
        windows.system.domain = "corp.example";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-domain-joined is unknown") {
    {
        auto facts = sound_windows();
        service_of(facts, "Netlogon").start.reset();
        CHECK(judge(facts).status == Status::unknown);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.services = unreadable<std::vector<WindowsService>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

TEST_CASE("win-domain-joined does not apply") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.product_type = "LanmanNT";
        CHECK(judge(facts).status == Status::not_applicable);
    }
}

}  // namespace
}  // namespace guestprep
