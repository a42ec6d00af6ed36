// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "agent/core/result.h"

namespace guestprep {

/// A word for the kernel's command line: key=value.
struct ArgumentChange {
    std::string key, value;
    bool keeps_others = false;  ///< words of that key may be many ("console"): others stay
};

/// /etc/default/grub, or a file of /etc/default/grub.d, with the word among the kernel's arguments
/// (GRUB_CMDLINE_LINUX), in place of any other value of its key there or in
/// GRUB_CMDLINE_LINUX_DEFAULT. Every other byte stays; a value that the shell computes is left and
/// added to. Error unsupported where that is not certain.
[[nodiscard]] Result<std::string> set_kernel_argument(std::string_view text,
                                                      const ArgumentChange& change);

/// Such a file without any word of the key; error unsupported where the shell computes it.
[[nodiscard]] Result<std::string> drop_kernel_argument(std::string_view text, std::string_view key);

/// The same as set_kernel_argument for every kernel line of GRUB legacy's menu.lst, and the line
/// that Debian's update-grub keeps for new kernels ("# kopt=").
[[nodiscard]] std::string set_legacy_kernel_argument(std::string_view text,
                                                     const ArgumentChange& change);

/// GRUB legacy's menu with this value of "default" or "timeout", before its first entry.
[[nodiscard]] std::string set_legacy_command(std::string_view text, std::string_view command,
                                             std::string_view value);

/// set_kernel_argument for the options of a file of /boot/loader/entries. Where they hold
/// $kernelopts and `in_kernelopts` says that this has the word, other values of the key go and
/// nothing is added.
[[nodiscard]] std::string set_entry_kernel_argument(std::string_view text,
                                                    const ArgumentChange& change,
                                                    bool in_kernelopts);

/// A bare command line (/etc/kernel/cmdline, kernelopts) with the word.
[[nodiscard]] std::string set_argument(std::string_view line, const ArgumentChange& change);

/// A text of command lines, in quotes or not (any of these files), with `after` for each word that
/// is `before`; an empty `after` takes the word out. Comments stay, but for "# kopt=".
[[nodiscard]] std::string replace_kernel_argument(std::string_view text, std::string_view before,
                                                  std::string_view after);

}  // namespace guestprep
