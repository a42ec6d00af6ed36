// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/finding.h"
#include "agent/facts/windows.h"

namespace guestprep {

inline constexpr std::uint64_t kServiceAutomatic = 2, kServiceManual = 3, kServiceDisabled = 4;

/// What Remote Desktop needs, where this Windows has it.
inline constexpr std::array<std::string_view, 4> kRemoteDesktopServices = {
    "TermService", "TermDD", "UmRdpService", "SessionEnv"};

/// nullptr where there is none, or services are not known.
[[nodiscard]] const WindowsService* service_called(const WindowsSystemFacts& system,
                                                   std::string_view name);
/// It would run, or be there to be started: its Start is not "disabled". Without a Start value
/// Windows does not load it.
[[nodiscard]] bool is_enabled(const WindowsService& service);
/// It is loaded at every start without being asked for.
[[nodiscard]] bool starts_by_itself(const WindowsService& service);
/// Those of `names` that are in the registry and disabled.
[[nodiscard]] std::vector<const WindowsService*> disabled_among(
    const WindowsSystemFacts& system, std::span<const std::string_view> names);
/// The first of `names` whose Start is there and could not be read; nullptr where there is none.
[[nodiscard]] const WindowsService* unread_among(const WindowsSystemFacts& system,
                                                 std::span<const std::string_view> names);
/// "the service x: its Start is no number"
[[nodiscard]] std::string unread_start(const WindowsService& service);
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
