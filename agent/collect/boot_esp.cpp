// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "agent/collect/boot_parts.h"
#include "agent/core/text.h"

namespace guestprep {
namespace {

/// FAT does not tell capitals; a copy of it on another file system does.
Result<GuestPath> child_ignoring_case(const FileReader& files, const GuestPath& folder,
                                      std::string_view wanted) {
    const auto names = files.list(folder);
    if (!names) return std::unexpected(names.error());
    for (const auto& name : *names)
        if (equal_ignoring_case(name, wanted)) return folder / name;
    return failure(Errc::not_found, (folder / wanted).str() + ": no such file");
}

Fact<std::string> fallback_in(const FileReader& files, GuestPath path) {
    for (const std::string_view part : {"EFI", "BOOT", "BOOTX64.EFI"}) {
        auto next = child_ignoring_case(files, path, part);
        if (!next) return std::unexpected(next.error());
        path = std::move(*next);
    }
    auto file = files.open(path);
    if (!file) return std::unexpected(file.error());
    std::array<std::byte, 2> head{};
    const auto n = (*file)->read(head);
    if (!n) return std::unexpected(n.error());
    if (*n < 2 || head[0] != std::byte{'M'} || head[1] != std::byte{'Z'})
        return failure(Errc::bad_syntax, path.str() + ": no EFI program");
    return path.str();
}

}  // namespace

Fact<std::string> find_efi_fallback(const FileReader& files, const Facts& facts) {
    const auto mounted = esp_directory(facts.storage);
    if (!mounted.empty()) return fallback_in(files, GuestPath(mounted));
    // Without a table of mounts, what looks like an EFI system partition is one.
    for (const auto* folder : {"/boot/efi", "/efi", "/boot"})
        if (files.is_directory(GuestPath(folder) / "EFI") ||
            files.is_directory(GuestPath(folder) / "efi"))
            return fallback_in(files, GuestPath(folder));
    return failure(Errc::unsupported, "no EFI system partition is mounted");
}

}  // namespace guestprep
