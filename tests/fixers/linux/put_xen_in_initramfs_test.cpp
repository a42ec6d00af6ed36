// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/driver_fixer.h"

namespace guestprep {

TEST_CASE("xen fixer: the driver is configured and the default kernel's image built, once") {
    try_driver_fixer(fixers::put_xen_in_initramfs, checks::initramfs_has_xen, "xen-blkfront");
}

}  // namespace guestprep
