// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(Fact<FstabFacts> fstab_facts) {
    auto facts = plain_directory();
    facts.storage.fstab = std::move(fstab_facts);
    return checks::fstab_readable.evaluate(facts, profile_2026());
}

TEST_CASE("fstab form: a plain one passes") {
    CHECK(judge(fstab("# x\nUUID=1 / ext4 defaults 0 1\nUUID=2 none swap sw\n")).status ==
          Status::pass);
}

TEST_CASE("fstab form: missing, no file, no text is a blocker") {
    for (const auto code : {Errc::not_found, Errc::wrong_type, Errc::bad_syntax, Errc::too_large}) {
        const auto finding = judge(failure(code, "why"));
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant.empty());
        CHECK(finding.evidence.at(0).found == "why");
    }
}

TEST_CASE("fstab form: not readable to us says nothing about the import") {
    CHECK(judge(failure(Errc::access_denied, "denied")).status == Status::unknown);
    CHECK(judge({}).status == Status::unknown);
}

TEST_CASE("fstab form: no line for /") {
    CHECK(judge(fstab("")).variant == "no-root");
    CHECK(judge(fstab("# UNCONFIGURED\n")).variant == "no-root");
    CHECK(judge(fstab("/ none swap sw\n")).variant == "no-root");
}

TEST_CASE("fstab form: a link, and an /etc of its own") {
    auto facts = plain_machine();
    facts.storage.fstab->link_to = "/mnt/other/fstab";
    const auto finding = checks::fstab_readable.evaluate(facts, profile_2026());
    CHECK(finding.variant == "odd-lines");
    CHECK(finding.evidence.at(0).found == "a link to /mnt/other/fstab");
    facts.storage.fstab = fstab("UUID=1 / ext4 defaults 0 1\nUUID=2 /etc ext4 defaults 0 2\n");
    CHECK(checks::fstab_readable.evaluate(facts, profile_2026()).variant == "etc-elsewhere");
}

TEST_CASE("fstab form: odd lines are shown") {
    CHECK(judge(fstab("UUID=1 / ext4 x 0 1\nlonely\n")).evidence.at(0).where == "/etc/fstab:2");
    CHECK(judge(fstab("UUID=1 / ext4\n")).variant == "odd-lines");
    CHECK(judge(fstab("UUID=1 / ext4 x\r\n")).variant == "odd-lines");
    auto latin1 = fstab("LABEL=x / ext4 x\n");
    latin1.is_utf8 = false;
    CHECK(judge(latin1).variant == "odd-lines");
}

}  // namespace
}  // namespace guestprep
