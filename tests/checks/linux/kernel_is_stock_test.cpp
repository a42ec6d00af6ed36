// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Status judge(const Facts& facts) { return checks::kernel_is_stock.evaluate(facts, {}).status; }

TEST_CASE("stock kernel: the distribution's own passes") {
    auto facts = sound_boot_facts();
    CHECK(judge(facts) == Status::pass);
    facts.os.distribution->id = "debian";
    facts.boot.kernel->package = KernelPackage{
        "linux-image-6.1.0-28-amd64", "Debian Kernel Team <debian-kernel@lists.debian.org>"};
    CHECK(judge(facts) == Status::pass);
}

TEST_CASE("stock kernel: unowned, foreign and custom ones fail") {
    auto facts = sound_boot_facts();
    facts.boot.kernel->package = failure(Errc::not_found, "no package owns it");
    CHECK(judge(facts) == Status::fail);
    facts.boot.kernel->package = KernelPackage{"kernel-ml", "The ELRepo Project"};
    CHECK(judge(facts) == Status::fail);
    facts.boot.kernel->package = KernelPackage{"kernel-core", "Somebody Else"};
    CHECK(judge(facts) == Status::fail);
    facts.boot.kernel->package = failure(Errc::unsupported, "not asked");
    facts.boot.kernel->version = "6.9.1-1.el9.elrepo.x86_64";
    CHECK(judge(facts) == Status::fail);
}

TEST_CASE("stock kernel: a package database that cannot be asked is unknown") {
    auto facts = sound_boot_facts();
    facts.boot.kernel->package = failure(Errc::unsupported, "not asked");
    CHECK(judge(facts) == Status::unknown);
    facts.boot.kernel = failure(Errc::access_denied, "denied");
    CHECK(judge(facts) == Status::unknown);
    facts = sound_boot_facts();
    facts.os.distribution->id = "arch";
    CHECK(judge(facts) == Status::unknown);
}

}  // namespace
}  // namespace guestprep
