// SPDX-License-Identifier: Apache-2.0
//
// Changes: the list of drivers that the initramfs is built with, and the default kernel's
// initramfs. Leaves:  other kernels' initramfs; a kernel that has no such driver.
#include <array>

#include "agent/facts/initramfs_rebuild.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    constexpr std::array<std::string_view, 2> kDrivers = {"nvme", "ena"};
    return put_in_initramfs(facts, kDrivers);
}

}  // namespace

constinit const Fixer fixers::put_nvme_in_initramfs{
    .id = "linux-initramfs-nvme",
    .title = "Put the NVMe and ENA drivers into the initramfs",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "A file for dracut, a line for initramfs-tools or SUSE's mkinitrd; then the tool builds "
        "the default kernel's initramfs anew. The old image is kept and put back where the new "
        "one cannot be read.",
    .leaves = "Other kernels, and drivers that the kernel does not have.",
    .plan = plan,
};

}  // namespace guestprep
