// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/native_view.h"

#include <windows.h>

#include "platform/windows/late_function.h"

namespace guestprep {

NativeView::NativeView() {
    static const auto disable =
        late_function<BOOL WINAPI(void**)>(L"kernel32", "Wow64DisableWow64FsRedirection");
    changed_ = disable != nullptr && disable(&before_) != FALSE;
}

NativeView::~NativeView() {
    if (!changed_) return;
    static const auto revert =
        late_function<BOOL WINAPI(void*)>(L"kernel32", "Wow64RevertWow64FsRedirection");
    if (revert == nullptr) return;
    const DWORD error = ::GetLastError();
    revert(before_);
    ::SetLastError(error);  // the caller's, who may not have asked for it yet
}

}  // namespace guestprep
