// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "agent/facts/facts.h"

namespace guestprep {

/// A Windows Server 2019 with everything in place: tests break one thing of it.
[[nodiscard]] Facts sound_windows();
/// The same as another release: "2003", "2008r2", "7", "10", ...
[[nodiscard]] Facts sound_windows(const std::string& release);

/// The service of that name, made where it is not there.
WindowsService& service_of(Facts& facts, const std::string& name);
/// A value that is not set.
template <class T>
Fact<T> not_set() {
    return failure(Errc::not_found, "no such value");
}
/// A value that could not be read.
template <class T>
Fact<T> unreadable() {
    return failure(Errc::not_collected, "the hive is not there");
}
/// One disk with the loader's partition and the one with Windows, "C:": "dos" or "gpt".
void put_disk(Facts& facts, const std::string& table);
[[nodiscard]] WindowsAccount account(std::string name, std::uint64_t rid);
[[nodiscard]] WindowsFirewallRule rdp_rule(std::string more, bool active = true,
                                           std::string action = "Allow");

/// Whether a text stands in the finding's summary or evidence.
[[nodiscard]] bool mentions(const Finding& finding, std::string_view text);

}  // namespace guestprep
