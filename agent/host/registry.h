// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/core/registry_value.h"
#include "agent/core/result.h"

namespace guestprep {

/// Reads the guest's registry and cannot change it.
///
/// A key is named from its root: "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Dhcp". Names are
/// UTF-8 and compare without regard to case, as Windows compares them. `CurrentControlSet` is what
/// the next boot uses, Select\\Default, and the view is always the 64-bit one.
///
/// Roots: HKLM\\SYSTEM, HKLM\\SOFTWARE, HKLM\\SAM, HKLM\\SECURITY, HKLM\\BCD00000000,
/// HKU\\.DEFAULT.
///
/// Errors: not_found (the hive was read, and the key or value is not in it), access_denied,
/// not_collected (the hive is not there or cannot be read at all: nothing is known), bad_syntax
/// (the hive is damaged at that place: what is not found there may still exist), too_large, io.
class RegistryReader {
public:
    virtual ~RegistryReader() = default;

    [[nodiscard]] virtual Result<RegistryValue> value(std::string_view key,
                                                      std::string_view name) const = 0;
    /// Names of a key's direct subkeys, in the order of the registry.
    [[nodiscard]] virtual Result<std::vector<std::string>> subkeys(std::string_view key) const = 0;
    [[nodiscard]] virtual Result<std::vector<NamedRegistryValue>> values(
        std::string_view key) const = 0;
    /// "" where there is nothing to say; else what is wrong with the hive that holds the key:
    /// "SYSTEM: the file ends before its last bin".
    [[nodiscard]] virtual std::string trouble(std::string_view key) const = 0;
    /// "" where there is nothing to say; else what is to be known of that hive and harms nothing:
    /// "SYSTEM: it was not closed cleanly, and its logs were applied".
    [[nodiscard]] virtual std::string note(std::string_view) const { return {}; }
};

/// Changes the registry. Reading is RegistryReader's.
///
/// Errors: not_found, access_denied, host_changed (a key to remove that is not empty), unsupported
/// (this is not a running Windows), io, and those of a reader for a hive that is not there.
class RegistryWriter {
public:
    virtual ~RegistryWriter() = default;

    /// Makes the key where it is not there. Says which keys it had to make, outermost first, so
    /// that undo can take them away again.
    [[nodiscard]] virtual Result<std::vector<std::string>> set(std::string_view key,
                                                               std::string_view name,
                                                               const RegistryValue& value) = 0;
    /// No error where the value is not there.
    [[nodiscard]] virtual Result<void> remove_value(std::string_view key,
                                                    std::string_view name) = 0;
    /// Only a key without subkeys and values; no error where it is not there.
    [[nodiscard]] virtual Result<void> remove_empty_key(std::string_view key) = 0;
};

}  // namespace guestprep
