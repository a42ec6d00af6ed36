// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tests/support/fake_host.h"

namespace guestprep {

/// grub.cfg as grub-mkconfig writes it, with one entry, for /boot/vmlinuz-5.
[[nodiscard]] std::string generated_grub_cfg(const std::string& arguments,
                                             const std::string& initrd = "/boot/initramfs-5",
                                             const std::string& settings = "");

// Guests that boot by GRUB from the disk sda: / is sda1 (UUID 1111-aa), swap is sda2 (UUID
// 2222-bb), kernel and initramfs are /boot/vmlinuz-5 and /boot/initramfs-5. `arguments` are the
// kernel's.

/// Debian, by a generated /boot/grub/grub.cfg; /etc/default/grub has one empty command line.
[[nodiscard]] FakeHost debian_by_grub(const std::string& arguments);
/// EL 9, by one entry in a file of its own, kEntryFile.
[[nodiscard]] FakeHost el9_by_entries(const std::string& options);
inline constexpr const char* kEntryFile = "/boot/loader/entries/m-5.conf";
/// SLES 11, by GRUB legacy's /boot/grub/menu.lst.
[[nodiscard]] FakeHost sles11_by_legacy(const std::string& arguments);

/// GRUB's environment block with these lines.
[[nodiscard]] std::string grubenv_block(const std::string& lines);

}  // namespace guestprep
