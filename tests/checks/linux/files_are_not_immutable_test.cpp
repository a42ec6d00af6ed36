// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::files_are_not_immutable.evaluate(facts, profile_2026());
}

TEST_CASE("immutable files: named, with the command that frees them") {
    Facts facts;
    CHECK(judge(facts).status == Status::unknown);
    facts.offline_edits.immutable_files = failure(Errc::unsupported, "no flags");
    CHECK(judge(facts).status == Status::not_applicable);
    facts.offline_edits.immutable_files = std::vector<ConfigLine>();
    CHECK(judge(facts).status == Status::pass);
    facts.offline_edits.immutable_files->push_back({"/etc/resolv.conf", "immutable (chattr +i)"});
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).remedy.commands.at(0).back() == "/etc/resolv.conf");
}

}  // namespace
}  // namespace guestprep
