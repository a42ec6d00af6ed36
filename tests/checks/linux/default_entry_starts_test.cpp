// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) { return checks::default_entry_starts.evaluate(facts, {}); }

TEST_CASE("default entry: one that exists passes") {
    auto facts = sound_boot_facts();
    CHECK(judge(facts).status == Status::pass);
    facts.boot.timeout = failure(Errc::unsupported, "depends");
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("default entry: each way not to start is its own case") {
    auto facts = sound_boot_facts();
    facts.boot.entries[0].kernel.size = failure(Errc::not_found, "no such file");
    CHECK(judge(facts).variant == "missing-file");
    facts = sound_boot_facts();
    facts.boot.entries[0].kernel.written.clear();
    CHECK(judge(facts).variant == "not-linux");
    facts = sound_boot_facts();
    facts.boot.entries[0].needs_password = true;
    CHECK(judge(facts).variant == "password");
    facts = sound_boot_facts();
    facts.boot.timeout = "-1";
    CHECK(judge(facts).variant == "waits");
    facts.boot.timeout = "300";
    CHECK(judge(facts).variant == "long-timeout");
    facts = sound_boot_facts();
    facts.boot.default_boot->fell_back = true;
    CHECK(judge(facts).variant == "no-such-entry");
    facts = sound_boot_facts();
    facts.boot.uses_bls = false;
    facts.boot.default_boot->setting.clear();
    CHECK(judge(facts).variant == "no-such-entry");
    facts.boot.default_boot = failure(Errc::not_found, "entry 3 of 1");
    CHECK(judge(facts).variant == "no-such-entry");
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("default entry: unreadable is unknown, no GRUB is another check's matter") {
    auto facts = sound_boot_facts();
    facts.boot.default_boot = failure(Errc::access_denied, "permission denied");
    CHECK(judge(facts).status == Status::unknown);
    facts = sound_boot_facts();
    facts.boot.entries[0].kernel.size = failure(Errc::access_denied, "permission denied");
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge({}).status == Status::not_applicable);
    Facts hidden;
    hidden.boot.unread_folders = {"/boot"};
    CHECK(judge(hidden).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
