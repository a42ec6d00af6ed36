// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Status judge(const Facts& facts) { return checks::kernel_has_ena.evaluate(facts, {}).status; }

TEST_CASE("ena driver: on the disk is early enough, built in too") {
    auto facts = sound_boot_facts();
    facts.boot.kernel->initramfs = failure(Errc::access_denied, "denied");
    CHECK(judge(facts) == Status::pass);
    facts.boot.kernel->modules->loadable.clear();
    CHECK(judge(facts) == Status::fail);
    facts.boot.kernel->modules->built_in = {"ena"};
    CHECK(judge(facts) == Status::pass);
}

TEST_CASE("ena driver: unreadable is unknown") {
    auto facts = sound_boot_facts();
    facts.boot.kernel->modules = failure(Errc::access_denied, "denied");
    CHECK(judge(facts) == Status::unknown);
    facts.boot.kernel = failure(Errc::access_denied, "denied");
    CHECK(judge(facts) == Status::unknown);
}

}  // namespace
}  // namespace guestprep
