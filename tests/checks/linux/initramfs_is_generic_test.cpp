// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) { return checks::initramfs_is_generic.evaluate(facts, {}); }
Facts host_only() {
    auto facts = sound_boot_facts();
    facts.boot.initramfs_settings =
        InitramfsSettings{"dracut", true, "/usr/lib/dracut/dracut.conf.d/01-dist.conf:3", {}};
    return facts;
}

TEST_CASE("generic image: settings for any hardware, or with EC2's drivers by name, pass") {
    auto facts = host_only();
    facts.boot.initramfs_settings->added = {"nvme", "xen_blkfront"};
    CHECK(judge(facts).status == Status::pass);
    facts.boot.initramfs_settings->host_only = false;
    facts.boot.initramfs_settings->added.clear();
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("generic image: one for this hardware alone fails, a future one is advice") {
    auto facts = host_only();
    CHECK(judge(facts).variant == "next-build");
    facts.boot.kernel->initramfs->drivers = {"ata_piix"};
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant.empty());
    CHECK(finding.evidence.at(0).where.ends_with("01-dist.conf:3"));
}

TEST_CASE("generic image: unreadable is unknown, no tool is no trouble") {
    auto facts = host_only();
    facts.boot.kernel->initramfs = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
    facts.boot.initramfs_settings = failure(Errc::not_found, "no tool");
    CHECK(judge(facts).status == Status::not_applicable);
    CHECK(judge({}).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
