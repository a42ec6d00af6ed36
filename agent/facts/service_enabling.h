// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/core/change_set.h"
#include "agent/facts/facts.h"

namespace guestprep {

/// The changes that make a disabled service start at the next boot: systemd's or SysV's links,
/// upstart's override file. Error unsupported, with the reason, where it is not known how, and for
/// a masked one, which somebody has switched off on purpose, unless `unmask` is set.
[[nodiscard]] Result<ChangeSet> enable_at_boot(const Facts& facts, const ServiceState& service,
                                               bool unmask = false);

/// The changes that keep a service from starting at the next boot: a mask of systemd's, SysV's and
/// OpenRC's links, upstart's override file. Error unsupported where it is not known how.
[[nodiscard]] Result<ChangeSet> keep_from_starting(const Facts& facts, const ServiceState& service);

}  // namespace guestprep
