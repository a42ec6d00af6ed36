// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/boot_drivers.h"

#include <algorithm>

namespace guestprep {

Result<DriverPlace> find_driver(const Kernel& kernel,
                                std::initializer_list<std::string_view> modules) {
    const auto one_is_in = [&](const std::vector<std::string>& names) {
        return std::ranges::any_of(
            modules, [&](auto module) { return std::ranges::find(names, module) != names.end(); });
    };
    if (kernel.modules && one_is_in(kernel.modules->built_in)) return DriverPlace::built_in;
    if (kernel.initramfs && one_is_in(kernel.initramfs->drivers)) return DriverPlace::in_initramfs;
    const bool no_initramfs = kernel.initramfs || kernel.initramfs.is_absent();
    if (!no_initramfs) return std::unexpected(kernel.initramfs.error());
    if (!kernel.modules) return std::unexpected(kernel.modules.error());
    return one_is_in(kernel.modules->loadable) ? DriverPlace::on_disk : DriverPlace::missing;
}

std::string place_text(DriverPlace place) {
    switch (place) {
        case DriverPlace::missing:
            return "not there at all";
        case DriverPlace::on_disk:
            return "on the disk only";
        case DriverPlace::in_initramfs:
            return "in the initramfs";
        case DriverPlace::built_in:
            return "built into the kernel";
    }
    return {};
}

}  // namespace guestprep
