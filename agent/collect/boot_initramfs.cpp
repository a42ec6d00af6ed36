// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/boot_parts.h"

namespace guestprep {

Fact<Initramfs> read_initramfs(const FileReader& /*files*/, const BootEntry& /*entry*/,
                               const std::string& /*kernel_version*/) {
    return {};
}

}  // namespace guestprep
