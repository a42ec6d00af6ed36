// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agent/collect/services.h"
#include "agent/facts/software.h"
#include "agent/host/host.h"

namespace guestprep {

/// Antivirus and intrusion detection that is installed, enabled or not.
[[nodiscard]] Fact<std::vector<FoundSoftware>> find_protection(const Host& host,
                                                               const BootServices& services);

/// Guest tools of hypervisors other than VMware's.
[[nodiscard]] std::vector<FoundSoftware> find_guest_tools(const Host& host,
                                                          const BootServices& services);

/// What the installer's logs and leftovers say of the machine the system was installed on.
[[nodiscard]] Origin find_origin(const Host& host, const Fact<std::vector<std::string>>& packages);

}  // namespace guestprep
