// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/collect/boot_parts.h"
#include "agent/collect/collect.h"

namespace guestprep {
namespace {

/// A directory has no firmware, but the loader that was installed for it tells: where there is one
/// for UEFI and none for BIOS, or the other way round.
Fact<Firmware> firmware_by_loader(const BootFacts& boot) {
    const auto has = [&](bool efi) {
        return std::ranges::any_of(boot.loaders, [&](const LoaderTrace& trace) {
            return trace.is_program && trace.is_efi == efi;
        });
    };
    if (has(true) != has(false)) return has(true) ? Firmware::uefi : Firmware::bios;
    return failure(Errc::unsupported, has(true) ? "boot loaders for BIOS and for UEFI are installed"
                                                : "no installed boot loader tells");
}

}  // namespace

void collect_boot(const Host& host, Facts& facts) {
    auto& boot = facts.boot;
    find_loaders(host.files, boot);
    if (!host.running) facts.os.firmware = firmware_by_loader(boot);
    find_configs(host, facts, boot);
    read_menu(host, boot);
    read_default_files(host.files, facts, boot);
    if (const auto versions = host.files.list(GuestPath("/lib/modules")))
        for (const auto& version : *versions)
            if (host.files.is_directory(GuestPath("/lib/modules") / version / "kernel"))
                boot.installed_kernels.push_back(version);
    boot.kernel = find_kernel(host, boot);
    find_other_kernels(host.files, boot);
    boot.initramfs_settings = find_initramfs_settings(host.files);
    boot.efi_fallback = find_efi_fallback(host.files, facts);
}

}  // namespace guestprep
