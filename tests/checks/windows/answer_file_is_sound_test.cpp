// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::answer_file_is_sound.evaluate(facts, profile_2026());
}

TEST_CASE("win-sysprep-answerfile passes, fails, is unknown, does not apply") {
    auto facts = sound_windows();
    auto& file = facts.windows->software.answer_file;
    file = failure(Errc::not_found, "no such file");
    CHECK(judge(facts).status == Status::not_applicable);
    file = AnswerFileFacts{"/Windows/Panther/unattend.xml", {}};
    CHECK(judge(facts).status == Status::pass);
    file->problems = {{7, "X is for x86, this system is amd64"}};
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).where == "/Windows/Panther/unattend.xml:7");
    file = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(sound_windows("2003")).status == Status::not_applicable);
}

}  // namespace
}  // namespace guestprep
