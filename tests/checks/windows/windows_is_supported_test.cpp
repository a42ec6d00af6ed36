// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::windows_is_supported.evaluate(facts, profile_2026());
}

TEST_CASE("win-os-supported passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows("2003");
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.architecture = not_set<std::string>();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-os-supported fails") {
    {
        auto facts = sound_windows("2003");
        auto& windows = *facts.windows;
        windows.system.service_pack = not_set<std::string>();
        windows.system.service_pack_number = 0U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "Service Pack 1"));
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.edition = "ServerFoundation";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "foundation"));
    }
    {
        auto facts = sound_windows("7");
        auto& windows = *facts.windows;
        windows.system.edition = "Starter";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "starter"));
    }
    {
        auto facts = sound_windows("7");
        auto& windows = *facts.windows;
        windows.system.architecture = "x86";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "x86"));
    }
    {
        auto facts = sound_windows("2003");
        auto& windows = *facts.windows;
        windows.system.product_suites = std::vector<std::string>{"Blade"};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "web"));
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.build = "18362";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "18362"));
    }
}

TEST_CASE("win-os-supported is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.version = windows.system.build = unreadable<std::string>();
        windows.system.major_version = unreadable<std::uint64_t>();
        CHECK(judge(facts).status == Status::unknown);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.edition = unreadable<std::string>();
        CHECK(judge(facts).status == Status::unknown);
    }
    {
        auto facts = sound_windows("10");
        auto& windows = *facts.windows;
        windows.system.architecture = not_set<std::string>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
