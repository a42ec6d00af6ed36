// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agent/report/report.h"

namespace guestprep {

/// "no: admin -> key ok -> shell ok -> sshd at boot ok -> FIREWALL: nobody is admitted": the chain
/// up to the first link that breaks.
[[nodiscard]] std::string chain_text(const ReportReachability& reachability);

/// One line for each part of the old network, each disk to export, each service.
[[nodiscard]] std::vector<std::string> inventory_lines(const ReportInventory& inventory);

}  // namespace guestprep
