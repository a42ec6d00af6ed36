// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <windows.h>

#include <string>

#include "platform/windows/wide_text.h"

namespace guestprep {

/// The folder that run.sh has put the test programs in: "C:\\tests".
inline std::wstring test_folder() {
    std::wstring self(32768, L'\0');
    self.resize(::GetModuleFileNameW(nullptr, self.data(), static_cast<DWORD>(self.size())));
    return self.substr(0, self.rfind(L'\\'));
}

inline std::string test_program() { return narrow(test_folder()) + "\\guestprep_test_program.exe"; }

}  // namespace guestprep
