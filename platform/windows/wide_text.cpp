// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/wide_text.h"

#include <cstring>

#include "agent/formats/registry_value.h"

namespace guestprep {

static_assert(sizeof(wchar_t) == 2);

std::wstring wide(std::string_view utf8) {
    const auto bytes = utf16_from_utf8(utf8);
    std::wstring text(bytes.size() / sizeof(wchar_t), L'\0');
    std::memcpy(text.data(), bytes.data(), text.size() * sizeof(wchar_t));
    return text;
}

std::string narrow(std::wstring_view text) {
    return utf8_from_utf16(
        {reinterpret_cast<const char*>(text.data()), text.size() * sizeof(wchar_t)});
}

}  // namespace guestprep
