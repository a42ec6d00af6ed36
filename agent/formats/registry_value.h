// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/registry_value.h"
#include "agent/core/result.h"

namespace guestprep {

/// UTF-16LE to UTF-8. An unpaired surrogate and an odd last byte become U+FFFD.
[[nodiscard]] std::string utf8_from_utf16(std::string_view bytes);
/// UTF-8 to UTF-16LE; what is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string utf16_from_utf8(std::string_view text);

/// REG_SZ, REG_EXPAND_SZ and REG_LINK up to the first zero, which need not be there.
/// Errors: bad_syntax, another type.
[[nodiscard]] Result<std::string> text_of(const RegistryValue& value);
/// REG_MULTI_SZ without its empty end, which need not be there; a REG_SZ is a list of one.
[[nodiscard]] Result<std::vector<std::string>> texts_of(const RegistryValue& value);
/// REG_DWORD of either byte order and REG_QWORD, of their full length.
[[nodiscard]] Result<std::uint64_t> number_of(const RegistryValue& value);
/// A number, or the decimal number that a text spells: Winlogon keeps "1".
[[nodiscard]] Result<std::uint64_t> number_or_text_of(const RegistryValue& value);

[[nodiscard]] RegistryValue registry_text(std::string_view text);
[[nodiscard]] RegistryValue registry_texts(const std::vector<std::string>& texts);
[[nodiscard]] RegistryValue registry_dword(std::uint32_t number);

/// "REG_DWORD"
[[nodiscard]] std::string type_name(RegistryType type);
/// For a person: "1", "C:\\pagefile.sys 0 0", "12 bytes of type 3".
[[nodiscard]] std::string shown_value(const RegistryValue& value);

}  // namespace guestprep
