// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/driver_fixer.h"

namespace guestprep {

TEST_CASE("nvme fixer: the driver is configured and the default kernel's image built, once") {
    try_driver_fixer(fixers::put_nvme_in_initramfs, checks::initramfs_has_nvme, "nvme");
}

}  // namespace guestprep
