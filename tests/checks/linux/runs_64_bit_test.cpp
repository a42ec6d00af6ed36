// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Finding judge(const Fact<std::string>& userland, const Fact<std::string>& kernel) {
    Facts facts;
    facts.os.userland_machine = userland;
    facts.os.kernel_machine = kernel;
    return checks::runs_64_bit.evaluate(facts, {});
}

TEST_CASE("64 bit: x86_64 programs pass, with or without a running kernel") {
    CHECK(judge({"x86_64"}, {"x86_64"}).status == Status::pass);
    CHECK(judge({"x86_64"}, {}).status == Status::pass);
}

TEST_CASE("64 bit: a 64-bit kernel over 32-bit programs fails and says so") {
    const auto finding = judge({"i386"}, {"x86_64"});
    CHECK(finding.status == Status::fail);
    REQUIRE(finding.evidence.size() == 1);
    CHECK(finding.evidence[0].found == "i386");
}

TEST_CASE("64 bit: ARM fails") { CHECK(judge({"aarch64"}, {"aarch64"}).status == Status::fail); }

TEST_CASE("64 bit: unreadable programs are unknown, not pass") {
    CHECK(judge({}, {"x86_64"}).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
