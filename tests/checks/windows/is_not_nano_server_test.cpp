// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::is_not_nano_server.evaluate(facts, profile_2026());
}

TEST_CASE("win-nano-unsupported passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-nano-unsupported fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.installation_type = "Nano Server";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "Nano"));
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.edition = "ServerDatacenterNano";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-nano-unsupported is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.installation_type = unreadable<std::string>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

TEST_CASE("win-nano-unsupported does not apply") {
    {
        auto facts = sound_windows("2008r2");
        CHECK(judge(facts).status == Status::not_applicable);
    }
}

}  // namespace
}  // namespace guestprep
