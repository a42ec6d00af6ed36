// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <windows.h>

namespace guestprep {

/// A function that came after Server 2003, or that only one bitness has; nullptr where this Windows
/// lacks it. Only for libraries that every program has loaded: kernel32, ntdll, advapi32.
template <class Function>
[[nodiscard]] Function* late_function(const wchar_t* library, const char* name) {
    const HMODULE module = ::GetModuleHandleW(library);
    if (module == nullptr) return nullptr;
    return reinterpret_cast<Function*>(reinterpret_cast<void*>(::GetProcAddress(module, name)));
}

}  // namespace guestprep
