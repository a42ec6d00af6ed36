// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "agent/core/result.h"
#include "platform/windows/handles.h"

namespace guestprep {

/// Where a key's name leads: below which predefined key, and by which name there.
struct RegistryPlace {
    HKEY root = nullptr;
    std::wstring path;       ///< "SYSTEM\\ControlSet001\\Services"
    std::wstring hive_path;  ///< the part of it that is a hive of its own: "SYSTEM"
};

/// Errors: not_collected, this program looks at no such hive; bad_syntax, an empty name in between.
[[nodiscard]] Result<RegistryPlace> registry_place(std::string_view key);

/// The view is the 64-bit one. Errors as RegistryReader's; they name the key.
[[nodiscard]] Result<KeyHandle> open_key(std::string_view key, REGSAM access);

/// An error of the registry at a key.
[[nodiscard]] Error registry_error(std::string_view key, LONG code);

/// The control set that runs, and the one that the next boot uses; 0 where Select does not say.
struct ControlSets {
    DWORD current = 0;
    DWORD next = 0;
};
[[nodiscard]] ControlSets control_sets();

}  // namespace guestprep
