// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "agent/host/file_system.h"

namespace guestprep {

/// The file or folder of that name, whatever its case. Errors: not_found; those of FileReader.
[[nodiscard]] Result<GuestPath> find_name(const FileReader& files, const GuestPath& folder,
                                          std::string_view name);

/// Finds "Windows\\System32\\config\\SYSTEM" below the guest's root, whatever case its names have
/// on the disk. Errors: not_found, naming the part that is missing; those of FileReader.
[[nodiscard]] Result<GuestPath> find_windows_path(const FileReader& files, std::string_view path);

/// The folder of the registry's hives, in whichever system folder there is one (WINDOWS, WINNT).
[[nodiscard]] Result<GuestPath> find_hive_folder(const FileReader& files);

}  // namespace guestprep
