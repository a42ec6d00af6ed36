// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) { return checks::bls_has_a_saved_entry.evaluate(facts, {}); }

TEST_CASE("saved entry: one that exists passes; other menus are not concerned") {
    auto facts = sound_boot_facts();
    CHECK(judge(facts).status == Status::pass);
    facts.boot.uses_bls = false;
    CHECK(judge(facts).status == Status::not_applicable);
}

TEST_CASE("saved entry: each thing that is wrong is named") {
    auto facts = sound_boot_facts();
    facts.boot.environment->variables["saved_entry"] = "m-gone";
    CHECK(judge(facts).evidence.at(0).found == "saved_entry=m-gone");
    facts.boot.environment->variables.clear();
    CHECK(judge(facts).evidence.at(0).found == "saved_entry is not set");
    facts.boot.environment->has_right_size = false;
    facts.boot.default_is_saved = false;
    facts.boot.default_grub->at("GRUB_DEFAULT") = "0";
    CHECK(judge(facts).evidence.size() == 3);
    facts = sound_boot_facts();
    facts.boot.environment = failure(Errc::not_found, "no such file");
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("saved entry: unreadable is unknown") {
    auto facts = sound_boot_facts();
    facts.boot.environment = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge({}).status == Status::unknown);
    facts.boot.default_boot = failure(Errc::not_found, "no GRUB");
    CHECK(judge(facts).status == Status::not_applicable);
}

}  // namespace
}  // namespace guestprep
