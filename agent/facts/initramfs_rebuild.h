// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "agent/core/change_set.h"
#include "agent/facts/facts.h"

namespace guestprep {

/// The changes that put drivers into the default kernel's initramfs: a line in the configuration of
/// the tool that builds it, and that tool, once. `wanted` are names of modules, the
/// names of one driver on different systems parted by "/" ("xen-blkfront/xen-vbd"); drivers that
/// the kernel has built in, or not at all, are left out.
///
/// Errors, unsupported: no such tool, no room in /boot, an initramfs that is not the kernel's own.
[[nodiscard]] Result<ChangeSet> put_in_initramfs(const Facts& facts,
                                                 std::span<const std::string_view> wanted);

/// The command that builds the default kernel's initramfs anew from its configuration.
[[nodiscard]] Result<CommandStep> rebuild_initramfs(const Facts& facts);

/// dracut's configuration for the old network scripts is there, and the dhclient that these need is
/// not: dracut then ends without an image.
[[nodiscard]] bool lacks_dhclient_for_dracut(const Facts& facts);

}  // namespace guestprep
