// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace guestprep {

/// The types of a registry value that anything here asks for; others keep their number.
enum class RegistryType : std::uint32_t {
    none = 0,
    text = 1,             ///< REG_SZ
    expandable_text = 2,  ///< REG_EXPAND_SZ
    binary = 3,
    dword = 4,  ///< little endian
    dword_big_endian = 5,
    link = 6,
    texts = 7,  ///< REG_MULTI_SZ
    qword = 11,
};

/// A registry value as it is stored: strings are UTF-16LE, and nothing promises that they end in a
/// zero, have an even length or are of the type that Windows would write. formats/registry_value
/// reads it.
struct RegistryValue {
    RegistryType type = RegistryType::none;
    std::string bytes;

    bool operator==(const RegistryValue&) const = default;
};

struct NamedRegistryValue {
    std::string name;  ///< UTF-8; empty: the key's default value
    RegistryValue value;

    bool operator==(const NamedRegistryValue&) const = default;
};

}  // namespace guestprep
