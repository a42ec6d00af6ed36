// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <windows.h>

#include <utility>

namespace guestprep {

/// What the system has opened, and how it is closed. `Traits` names the type, what stands for none,
/// and the closing call.
template <class Traits>
class Owned {
public:
    using Type = typename Traits::Type;
    explicit Owned(Type value = Traits::none()) : value_(value) {}
    ~Owned() { close(); }
    Owned(Owned&& other) noexcept : value_(std::exchange(other.value_, Traits::none())) {}
    Owned& operator=(Owned&& other) noexcept {
        std::swap(value_, other.value_);
        return *this;
    }
    [[nodiscard]] Type get() const { return value_; }
    [[nodiscard]] explicit operator bool() const { return value_ != Traits::none(); }
    /// For a call that writes what it has opened.
    [[nodiscard]] Type* out() {
        close();
        return &value_;
    }
    void close() {
        if (value_ != Traits::none()) Traits::close(std::exchange(value_, Traits::none()));
    }

private:
    Type value_;
};

struct FileTraits {  // CreateFile's and FindFirstFile's way of saying no
    using Type = HANDLE;
    static Type none() { return INVALID_HANDLE_VALUE; }
    static void close(Type handle) { ::CloseHandle(handle); }
};
struct ObjectTraits {  // everybody else's
    using Type = HANDLE;
    static Type none() { return nullptr; }
    static void close(Type handle) { ::CloseHandle(handle); }
};
struct KeyTraits {
    using Type = HKEY;
    static Type none() { return nullptr; }
    static void close(Type key) { ::RegCloseKey(key); }
};

using FileHandle = Owned<FileTraits>;
using ObjectHandle = Owned<ObjectTraits>;
using KeyHandle = Owned<KeyTraits>;

}  // namespace guestprep
