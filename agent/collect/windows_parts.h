// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/collect/registry_view.h"
#include "agent/facts/windows.h"

namespace guestprep {

// The parts of collect_windows, one per facts struct.
void collect_windows_system(const RegistryView& registry, WindowsSystemFacts& facts);
void collect_windows_access(const RegistryView& registry, WindowsAccessFacts& facts);
void collect_windows_network(const RegistryView& registry, WindowsNetworkFacts& facts);
void collect_windows_software(const RegistryView& registry, WindowsSoftwareFacts& facts);
void collect_windows_boot(const RegistryView& registry, WindowsBootFacts& facts);

}  // namespace guestprep
