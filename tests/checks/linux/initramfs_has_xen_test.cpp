// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) { return checks::initramfs_has_xen.evaluate(facts, {}); }

TEST_CASE("xen drivers: in the image, built in, or under their old names") {
    auto facts = sound_boot_facts();
    CHECK(judge(facts).status == Status::pass);
    auto& kernel = *facts.boot.kernel;
    remove(kernel.initramfs->drivers, "xen_netfront");
    CHECK(judge(facts).status == Status::pass);
    kernel.initramfs->drivers = {"xen_vbd"};
    kernel.modules->loadable = {"xen_vbd", "xen_vnif"};
    CHECK(judge(facts).status == Status::pass);
    kernel.initramfs = failure(Errc::access_denied, "denied");
    kernel.modules->built_in = {"xen_blkfront", "xen_netfront"};
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("xen drivers: the disk's on the disk is too late, the network's nowhere is too little") {
    auto facts = sound_boot_facts();
    remove(facts.boot.kernel->initramfs->drivers, "xen_blkfront");
    auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).found == "disk driver xen-blkfront: on the disk only");
    facts = sound_boot_facts();
    remove(facts.boot.kernel->initramfs->drivers, "xen_netfront");
    remove(facts.boot.kernel->modules->loadable, "xen_netfront");
    CHECK(judge(facts).status == Status::fail);
    facts = sound_boot_facts();
    facts.boot.kernel->initramfs = failure(Errc::not_found, "no initramfs");
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("xen drivers: an image that cannot be read is unknown") {
    auto facts = sound_boot_facts();
    facts.boot.kernel->initramfs = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
    facts.boot.kernel = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
