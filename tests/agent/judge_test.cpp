// SPDX-License-Identifier: Apache-2.0
#include "agent/judge.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts_json.h"
#include "agent/make_report.h"
#include "agent/profiles.h"
#include "agent/report/render.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Facts facts_of(const char* machine) {
    Facts facts;
    facts.os.userland_machine = std::string(machine);
    return facts;
}

JudgeOptions only_arch() {
    JudgeOptions options;
    options.only = {"linux-arch-64bit"};
    options.today = "2026-06-15";
    return options;
}

Judgement judged(const Facts& facts, const JudgeOptions& options) {
    return judge(facts, *built_in_profile("vmie-2026"), options);
}

const Judged& arch(const Judgement& judgement) {
    return *std::ranges::find_if(judgement.findings, [](const Judged& j) {
        return j.entry->check.id == "linux-arch-64bit";
    });
}

TEST_CASE("judge: pass is ready, fail is not, unknown of a blocker is undetermined") {
    CHECK(judged(facts_of("x86_64"), only_arch()).verdict == Verdict::ready);
    const auto bad = judged(facts_of("i386"), only_arch());
    CHECK(bad.verdict == Verdict::not_ready);
    CHECK(bad.because == std::vector<std::string>{"linux-arch-64bit"});
    CHECK(judged(Facts{}, only_arch()).verdict == Verdict::undetermined);
}

TEST_CASE("judge: every entry of the platform appears once, left out or not") {
    const auto some = judged(Facts{}, only_arch());
    const auto all = judged(Facts{}, {});
    CHECK(some.findings.size() == all.findings.size());
    for (const auto& finding : all.findings)
        CHECK(finding.entry->check.platform != Platform::windows_guest);
}

TEST_CASE("judge: nothing collected never reads as pass") {
    for (const auto& finding : judged(Facts{}, {}).findings) {
        INFO(finding.entry->check.id);
        CHECK(finding.finding.status != Status::pass);
    }
}

TEST_CASE("judge: a waiver counts to its last day, and is shown after it") {
    auto options = only_arch();
    options.waivers = {{"linux-arch-64bit", "we know", "ops", "2026-06-15"}};
    auto judgement = judged(facts_of("i386"), options);
    CHECK(arch(judgement).finding.status == Status::waived);
    CHECK(judgement.verdict == Verdict::ready);
    options.today = "2026-06-16";
    judgement = judged(facts_of("i386"), options);
    CHECK(arch(judgement).finding.status == Status::fail);
    CHECK(arch(judgement).waiver != nullptr);
    CHECK(judgement.verdict == Verdict::not_ready);
}

TEST_CASE("judge: severity none means that the profile has no such rule") {
    auto profile = *built_in_profile("vmie-2026");
    profile.severities.push_back({.check = "linux-arch-64bit",
                                  .variant = "",
                                  .route = "",
                                  .target = "",
                                  .severity = Severity::none});
    const auto judgement = judge(facts_of("i386"), profile, only_arch());
    CHECK(arch(judgement).finding.status == Status::not_applicable);
    CHECK(judgement.verdict == Verdict::ready);
}

TEST_CASE("report: saved facts give the same findings as live ones") {
    const auto live = facts_of("i386");
    const auto saved = facts_from_json(facts_to_json(live));
    REQUIRE(saved);
    const auto profile = *built_in_profile("vmie-2026");
    CHECK(render_json(make_report(live, profile, {})) ==
          render_json(make_report(*saved, profile, {})));
}

TEST_CASE("report: a verdict for every profile and route") {
    const auto report = make_report(facts_of("i386"), *built_in_profile("vmie-2018"), only_arch());
    REQUIRE(report.verdicts.size() == 4);
    for (const auto& row : report.verdicts) CHECK(row.verdict == Verdict::not_ready);
}

TEST_CASE("facts: a missing or mistyped member is named") {
    const auto error = [](const char* text) { return facts_from_json(text).error().message; };
    CHECK(contains(error("{}"), "guestprep-facts/1"));
    CHECK(contains(error(R"({"schema": "guestprep-facts/1"})"), "platform: missing"));
    CHECK(contains(error("\xFF"), "parse error"));
}

}  // namespace
}  // namespace guestprep
