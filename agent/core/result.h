// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace guestprep {

/// What kind of trouble it was. Callers branch on this, never on the text.
enum class Errc : std::uint8_t {
    not_collected,   ///< nobody has looked (yet), or this way of looking cannot see it
    not_found,       ///< looked, and it is not there
    access_denied,   ///< it is there, and we may not read it
    wrong_type,      ///< a directory, FIFO or device where a file belongs
    too_large,       ///< larger than any real one; refused rather than swallowed
    io,              ///< the device or the kernel failed
    bad_syntax,      ///< read, and not understood
    unsupported,     ///< understood, and beyond what this program can judge
    command_failed,  ///< a program ran and did not succeed
    timed_out,
    host_changed,  ///< what is there now is not what was read before
};

/// A failure the program expects and can report. `message` reads outermost first.
struct Error {
    Errc code = Errc::not_collected;
    std::string message;

    /// Adds where it happened: "/etc/fstab: permission denied".
    [[nodiscard]] Error within(std::string_view where) && {
        return {code, std::string(where) + ": " + std::move(message)};
    }
    bool operator==(const Error&) const = default;
};

/// A value, or the reason there is none.
template <class T>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> failure(Errc code, std::string message) {
    return std::unexpected(Error{code, std::move(message)});
}

/// A fact about the host: known, or unknown with the reason. Starts out unknown.
template <class T>
class [[nodiscard]] Fact : public Result<T> {
public:
    using Result<T>::Result;
    Fact() : Result<T>(std::unexpected(Error{Errc::not_collected, "not collected"})) {}
    Fact(Result<T> result) : Result<T>(std::move(result)) {}

    /// Known, and this. The comparison of std::expected is ambiguous for what derives from it, as
    /// newer compilers notice.
    template <class U>
        requires(!std::derived_from<U, Result<T>> && !std::same_as<U, std::unexpected<Error>>)
    [[nodiscard]] friend constexpr bool operator==(const Fact& fact, const U& value) {
        return fact.has_value() && *fact == value;
    }

    /// True where somebody looked and found nothing: an absence that is known.
    [[nodiscard]] bool is_absent() const {
        return !this->has_value() && this->error().code == Errc::not_found;
    }
    /// "permission denied" and the like; empty where there is a value.
    [[nodiscard]] std::string why() const {
        return this->has_value() ? std::string() : this->error().message;
    }
};

}  // namespace guestprep
