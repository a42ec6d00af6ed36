// SPDX-License-Identifier: Apache-2.0
#include "agent/core/system_rules.h"
#include "agent/core/text.h"
#include "agent/facts/kernel_arguments.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    if (!facts.boot.kernel) return std::unexpected(facts.boot.kernel.error());
    // Before 4.6 the option belongs to another module and takes a byte.
    const auto version = kernel_base_version(facts.boot.kernel->version);
    const bool is_old = compare_versions(version, "4.6") < 0;
    return is_old ? with_kernel_arguments(facts, {{"nvme.io_timeout", "255"}})
                  : with_kernel_arguments(facts, {{"nvme_core.io_timeout", "4294967295"}});
}

}  // namespace

constinit const Fixer fixers::wait_for_nvme{
    .id = "linux-nvme-timeout",
    .title = "Let the NVMe driver wait for slow disks",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "nvme_core.io_timeout (nvme.io_timeout before kernel 4.6) on the kernel's command line, "
        "through /etc/default/grub and the distribution's generator, the entries' files, or GRUB "
        "legacy's "
        "menu.",
    .leaves = "Boot loaders other than GRUB.",
    .plan = plan,
};

}  // namespace guestprep
