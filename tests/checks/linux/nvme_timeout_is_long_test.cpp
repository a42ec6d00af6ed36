// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Status judge(const std::string& kernel, const std::string& line) {
    auto facts = sound_boot_facts();
    facts.boot.kernel->version = kernel;
    facts.boot.entries[0].command_line = line;
    return checks::nvme_timeout_is_long.evaluate(facts, {}).status;
}

TEST_CASE("nvme timeout: the option and its largest value depend on the kernel") {
    CHECK(judge("5.14.0-1", "nvme_core.io_timeout=4294967295") == Status::pass);
    CHECK(judge("5.14.0-1", "nvme_core.io_timeout=255") == Status::fail);
    CHECK(judge("5.14.0-1", "nvme.io_timeout=255") == Status::fail);
    CHECK(judge("3.10.0-1160.el7", "nvme.io_timeout=255") == Status::pass);
    CHECK(judge("4.15.0-1", "ro") == Status::fail);
}

TEST_CASE("nvme timeout: without the driver there is nothing to say") {
    auto facts = sound_boot_facts();
    facts.boot.kernel->modules->loadable.clear();
    facts.boot.kernel->initramfs->drivers.clear();
    CHECK(checks::nvme_timeout_is_long.evaluate(facts, {}).status == Status::not_applicable);
    CHECK(checks::nvme_timeout_is_long.evaluate({}, {}).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
