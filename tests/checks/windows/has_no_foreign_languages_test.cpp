// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::has_no_foreign_languages.evaluate(facts, profile_2026());
}

TEST_CASE("win-language-pack passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.languages = std::vector<std::string>{"en-US", "de-DE"};
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-language-pack fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.languages = std::vector<std::string>{"en-US", "ja-JP"};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "ja-JP"));
    }
    {
        auto facts = sound_windows("2003");
        auto& windows = *facts.windows;
        windows.system.languages = std::vector<std::string>{"0409", "0411"};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "0411"));
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.install_language = "0419";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "system-language");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.accounts->front().name = "Администратор";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-language-pack is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.install_language = not_set<std::string>();
        CHECK(judge(facts).status == Status::unknown);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.languages = unreadable<std::vector<std::string>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
