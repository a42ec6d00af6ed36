// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/facts/os.h"
#include "agent/host/host.h"

namespace guestprep {

/// The parts of collect_os, one file each.
[[nodiscard]] Fact<Distribution> find_distribution(const FileReader& files);
[[nodiscard]] Fact<Hypervisor> find_hypervisor(const Host& host);
[[nodiscard]] InitSystem find_init_system(const FileReader& files);

}  // namespace guestprep
