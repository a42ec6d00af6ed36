// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "agent/report/report.h"

namespace guestprep {

/// The old network, the disks to export with what is mounted from each, and the services that an
/// import wants off and that are wanted again after it.
[[nodiscard]] ReportInventory inventory_of(const Facts& facts);

/// Files that AWS changes on the image route (fstab, network scripts, GRUB), as far as the guest's
/// own texts are at hand. AWS may word it another way: what is shown is the sense of the change.
[[nodiscard]] std::vector<ReportForecast> forecast_of(const Facts& facts, const Profile& profile);

}  // namespace guestprep
