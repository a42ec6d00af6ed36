// SPDX-License-Identifier: Apache-2.0
#include "platform/any/first_sector.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr std::size_t kBootCode = 440;  ///< bytes before an MBR's disk signature
constexpr std::size_t kOemName = 3, kToGoIdentifier = 424;

}  // namespace

std::string boot_code_of(std::string_view first_sector) {
    const auto code = first_sector.substr(0, kBootCode);
    if (contains(code, "GRUB")) return "grub";
    if (contains(code, "LILO")) return "lilo";
    // The last is what Syslinux's own MBR says; it does not name itself.
    if (contains(code, "SYSLINUX") || contains(code, "EXTLINUX") ||
        contains(code, "Operating system load error"))
        return "syslinux";
    const bool none = std::ranges::all_of(code, [](char c) { return c == '\0'; });
    return none ? "" : "other";
}

bool is_bitlocker(std::string_view first_sector) {
    // {4967d63b-2e29-4ad8-8399-f6a339e3d001}, in a boot sector that looks like one of FAT.
    constexpr std::string_view kToGo =
        "\x3b\xd6\x67\x49\x29\x2e\xd8\x4a\x83\x99\xf6\xa3\x39\xe3\xd0\x01";
    return first_sector.substr(std::min(kOemName, first_sector.size())).starts_with("-FVE-FS-") ||
           first_sector.substr(std::min(kToGoIdentifier, first_sector.size())).starts_with(kToGo);
}

}  // namespace guestprep
