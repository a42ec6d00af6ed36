// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace guestprep {

/// While it lives, a 32-bit program on a 64-bit Windows sees System32 as it is, not the SysWOW64
/// that stands in for it. For this thread, and nothing to do elsewhere. Unlike the name
/// "Sysnative", this is also there on Server 2003.
class NativeView {
public:
    NativeView();
    ~NativeView();
    NativeView(const NativeView&) = delete;
    NativeView& operator=(const NativeView&) = delete;

private:
    void* before_ = nullptr;
    bool changed_ = false;
};

}  // namespace guestprep
