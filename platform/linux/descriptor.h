// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <memory>
#include <utility>

#include "agent/core/result.h"

namespace guestprep {

/// An open file descriptor that closes itself; -1 for none.
class Descriptor {
public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_;
};

/// One that several hold: the last closes it.
class SharedDescriptor {
public:
    explicit SharedDescriptor(int fd) : held_(std::make_shared<Descriptor>(fd)) {}
    [[nodiscard]] int get() const { return held_->get(); }

private:
    std::shared_ptr<const Descriptor> held_;
};

/// errno as an Error.
[[nodiscard]] Error system_error(int code);

}  // namespace guestprep
