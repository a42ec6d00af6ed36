// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::selinux_labels_survive.evaluate(facts, profile_2026());
}

Facts enforcing() {
    auto facts = sound_boot_facts();
    facts.offline_edits.selinux = SelinuxState{
        "enforcing", "targeted", {"/etc/selinux/config:7", "SELINUX=enforcing"}, true, false};
    return facts;
}

TEST_CASE("SELinux: enforcing asks for new labels, and for a policy") {
    auto facts = enforcing();
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).variant.empty());
    facts.offline_edits.selinux->relabels = true;
    CHECK(judge(facts).status == Status::pass);
    facts.offline_edits.selinux->has_policy = false;
    CHECK(judge(facts).variant == "no-policy");
    facts.boot.entries[0].command_line += " enforcing=0";
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("SELinux: not started, not enforcing, not configured, not readable") {
    auto facts = enforcing();
    facts.offline_edits.selinux->mode = "permissive";
    CHECK(judge(facts).status == Status::pass);
    facts = enforcing();
    facts.boot.entries[0].command_line += " selinux=0";
    CHECK(judge(facts).status == Status::pass);
    facts = enforcing();
    facts.os.distribution->family = "debian";
    CHECK(judge(facts).status == Status::pass);
    facts.boot.entries[0].command_line += " security=selinux";
    CHECK(judge(facts).status == Status::fail);
    facts.boot.entries.clear();
    CHECK(judge(facts).status == Status::unknown);
    facts.offline_edits.selinux = failure(Errc::not_found, "none");
    CHECK(judge(facts).status == Status::not_applicable);
    CHECK(judge({}).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
