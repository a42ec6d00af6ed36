// SPDX-License-Identifier: Apache-2.0
#include "agent/core/text.h"
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

/// The sound guest with an older kernel in its menu too.
Facts guest() {
    auto facts = sound_boot_facts();
    auto older = *facts.boot.kernel;
    older.where = "/boot/loader/entries/m-5.14.0-362.el9.x86_64.conf:1";
    older.version = "5.14.0-362.el9.x86_64";
    facts.boot.other_kernels = {older};
    return facts;
}

Finding judge(const Facts& facts) { return checks::other_kernels_boot_too.evaluate(facts, {}); }

TEST_CASE("other kernels: sound ones pass, one alone is no matter") {
    CHECK(judge(guest()).status == Status::pass);
    CHECK(judge(sound_boot_facts()).status == Status::not_applicable);
}

TEST_CASE("other kernels: drivers that are missing, an image that is damaged") {
    auto facts = guest();
    auto& older = facts.boot.other_kernels.front();
    remove(older.initramfs->drivers, "nvme");
    CHECK(judge(facts).summary ==
          "kernel 5.14.0-362.el9.x86_64 would not find its disk on Nitro instance types");
    CHECK(judge(facts).evidence.at(0).where == older.where);
    older.initramfs->drivers.clear();
    CHECK(contains(judge(facts).summary, "its disk on EC2"));
    older.modules->built_in = {"nvme"};
    CHECK(contains(judge(facts).summary, "its disk on Xen instance types"));
    older.initramfs = failure(Errc::bad_syntax, "ends in the middle of a file");
    CHECK(contains(judge(facts).summary, "has a damaged initramfs"));
    older.initramfs = failure(Errc::io, "/boot/x: no such file");
    CHECK(contains(judge(facts).summary, "cannot be read"));
}

TEST_CASE("other kernels: all that are wrong are named; a failure outweighs an unknown") {
    auto facts = guest();
    auto& others = facts.boot.other_kernels;
    others.resize(3, others.front());
    others[0].initramfs = failure(Errc::access_denied, "denied");
    others[1].initramfs->drivers.clear();
    others[2].initramfs->drivers.clear();
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).evidence.size() == 2);
}

TEST_CASE("other kernels: what cannot be seen is unknown") {
    auto facts = guest();
    facts.boot.kernels_left_out = 2;
    CHECK(judge(facts).status == Status::unknown);
    facts = guest();
    facts.boot.other_kernels.front().initramfs = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
    facts = sound_boot_facts();
    facts.boot.default_boot = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
