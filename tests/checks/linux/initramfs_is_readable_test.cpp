// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Status judge(const Facts& facts) {
    return checks::initramfs_is_readable.evaluate(facts, {}).status;
}

TEST_CASE("initramfs: whole passes; missing, empty and damaged fail") {
    auto facts = sound_boot_facts();
    CHECK(judge(facts) == Status::pass);
    facts.boot.entries[0].initrds[0].size = failure(Errc::not_found, "no such file");
    CHECK(judge(facts) == Status::fail);
    facts.boot.entries[0].initrds[0].size = 0U;
    CHECK(judge(facts) == Status::fail);
    facts = sound_boot_facts();
    facts.boot.kernel->initramfs = failure(Errc::bad_syntax, "ends in the middle, byte 17");
    CHECK(judge(facts) == Status::fail);
}

TEST_CASE("initramfs: unreadable is unknown, none is no trouble") {
    auto facts = sound_boot_facts();
    facts.boot.kernel->initramfs = failure(Errc::access_denied, "denied");
    CHECK(judge(facts) == Status::unknown);
    facts.boot.kernel = failure(Errc::not_found, "no kernel");
    CHECK(judge(facts) == Status::unknown);
    facts.boot.entries[0].initrds.clear();
    CHECK(judge(facts) == Status::not_applicable);
    CHECK(judge({}) == Status::unknown);
}

}  // namespace
}  // namespace guestprep
