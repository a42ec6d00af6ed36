// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/collect/registry_view.h"
#include "agent/facts/facts.h"
#include "agent/host/host.h"

namespace guestprep {

// The parts of collect_windows, one per facts struct.
void collect_windows_system(const RegistryView& registry, WindowsSystemFacts& facts);
/// What is wrong with the hives: to be asked last, since damage shows where it is looked at.
void collect_windows_troubles(const RegistryView& registry, WindowsSystemFacts& facts);
/// `now` is in seconds since 1970; `system` is asked where the SAM hive may not be read, and may be
/// none.
void collect_windows_access(const RegistryView& registry, const AccountReader* system,
                            std::int64_t now, WindowsAccessFacts& facts);
void collect_windows_network(const RegistryView& registry, WindowsNetworkFacts& facts);
void collect_windows_software(const RegistryView& registry, WindowsSoftwareFacts& facts);
void collect_windows_boot(const RegistryView& registry, WindowsBootFacts& facts);
/// What files tell of updates that wait and of policies; what the registry tells is there already.
void collect_windows_files(const FileReader& files, WindowsSoftwareFacts& facts);
/// What files tell of the boot, once disks and firmware are known.
void collect_windows_boot_files(const Host& host, Facts& facts);
/// Traces of a machine of flesh and bone.
[[nodiscard]] Fact<Origin> find_windows_origin(const RegistryView& registry,
                                               const WindowsSystemFacts& system);
/// The hypervisor whose devices the guest knows; empty where none or several.
[[nodiscard]] std::string hypervisor_of_devices(const RegistryView& registry);

}  // namespace guestprep
