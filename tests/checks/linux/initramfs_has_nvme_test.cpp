// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) { return checks::initramfs_has_nvme.evaluate(facts, {}); }

TEST_CASE("nvme driver: in the image or built in") {
    auto facts = sound_boot_facts();
    CHECK(judge(facts).status == Status::pass);
    auto& kernel = *facts.boot.kernel;
    // Before 4.4 it was one module.
    kernel.initramfs->drivers = {"nvme"};
    kernel.modules->loadable = {"nvme"};
    CHECK(judge(facts).status == Status::pass);
    kernel.initramfs->drivers.clear();
    kernel.modules->built_in = {"nvme", "nvme_core"};
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("nvme driver: missing, on the disk only, or half of it") {
    auto facts = sound_boot_facts();
    remove(facts.boot.kernel->initramfs->drivers, "nvme_core");
    CHECK(judge(facts).evidence.at(0).found == "nvme-core: on the disk only");
    remove(facts.boot.kernel->initramfs->drivers, "nvme");
    CHECK(judge(facts).evidence.at(0).found == "nvme: on the disk only");
    facts.boot.kernel->modules->loadable.clear();
    CHECK(judge(facts).evidence.at(0).found == "nvme: not there at all");
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("nvme driver: unreadable is unknown") {
    auto facts = sound_boot_facts();
    facts.boot.kernel->initramfs = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
    facts = sound_boot_facts();
    remove(facts.boot.kernel->initramfs->drivers, "nvme");
    facts.boot.kernel->modules = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
