// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "agent/core/finding.h"
#include "agent/facts/windows.h"

namespace guestprep {

inline constexpr std::uint64_t kServiceAutomatic = 2, kServiceManual = 3, kServiceDisabled = 4;

/// nullptr where there is none, or services are not known.
[[nodiscard]] const WindowsService* service_called(const WindowsSystemFacts& system,
                                                   std::string_view name);
/// It would run, or be there to be started: its Start is not "disabled". Without a Start value
/// Windows does not load it.
[[nodiscard]] bool is_enabled(const WindowsService& service);
/// It is loaded at every start without being asked for.
[[nodiscard]] bool starts_by_itself(const WindowsService& service);
/// "disabled (4)"
[[nodiscard]] std::string start_text(const WindowsService& service);
/// The service's Start value as evidence.
[[nodiscard]] Evidence start_evidence(const WindowsService& service, std::string expected);

/// The drive letter that a path of Windows starts with, in upper case: "D:". Environment names for
/// the system's own places and device prefixes are understood; empty for a path without a letter.
[[nodiscard]] std::string drive_of(std::string_view path, std::string_view system_drive);
/// "C:" of SystemRoot; "C:" where that is not known.
[[nodiscard]] std::string system_drive(const WindowsSystemFacts& system);

}  // namespace guestprep
