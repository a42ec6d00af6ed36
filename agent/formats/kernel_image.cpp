// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/kernel_image.h"

#include <algorithm>
#include <array>

namespace guestprep {

std::string kernel_image_version(std::string_view head) {
    // Documentation/x86/boot: "HdrS" at 0x202; at 0x20e the place of the version, from 0x200 on.
    if (head.size() < 0x210 || head.substr(0x202, 4) != "HdrS") return {};
    const auto byte = [&](std::size_t at) {
        return static_cast<std::size_t>(static_cast<unsigned char>(head[at]));
    };
    const auto pointer = byte(0x20e) | (byte(0x20f) << 8U);
    if (pointer == 0 || pointer + 0x200 >= head.size()) return {};
    const auto text = head.substr(pointer + 0x200, 128);
    const auto end = text.find_first_of(std::string_view(" \0", 2));
    const bool number = !text.empty() && text[0] >= '0' && text[0] <= '9';
    return number && end != std::string_view::npos ? std::string(text.substr(0, end)) : "";
}

std::string kernel_name_version(std::string_view name) {
    constexpr std::array<std::string_view, 6> kPrefixes = {"vmlinuz-", "vmlinux-", "bzImage-",
                                                           "kernel-",  "linux-",   "Image-"};
    for (const auto prefix : kPrefixes) {
        if (!name.starts_with(prefix)) continue;
        auto version = name.substr(prefix.size());
        for (const std::string_view suffix : {".gz", ".efi"})
            if (version.ends_with(suffix)) version.remove_suffix(suffix.size());
        // "vmlinuz-linux" is a name, not a version; Red Hat's "0-rescue-..." neither.
        const bool number = !version.empty() && version[0] >= '1' && version[0] <= '9';
        return number ? std::string(version) : "";
    }
    return {};
}

}  // namespace guestprep
