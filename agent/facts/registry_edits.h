// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "agent/core/change_set.h"
#include "agent/core/result.h"
#include "agent/facts/facts.h"

namespace guestprep {

/// Gathers a fixer's changes of registry values. A value is only changed where it is known what it
/// is now: a collector has asked for it by name.
class RegistryEdits {
public:
    explicit RegistryEdits(const Facts& facts) : facts_(facts) {}

    /// Nothing where it is so already.
    void set(std::string_view key, std::string_view name, const RegistryValue& wanted);
    void remove(std::string_view key, std::string_view name);
    /// A value that is never read: what it was is not kept, and undo cannot bring it back.
    void remove_secret(std::string_view key, std::string_view name);
    /// A service's Start value.
    void start(std::string_view service, std::uint32_t start);

    /// Error unsupported: a value could not be read.
    [[nodiscard]] Result<ChangeSet> take();

private:
    void change(std::string_view key, std::string_view name, std::optional<RegistryValue> after);

    const Facts& facts_;
    ChangeSet set_;
    std::string unread_;
};

}  // namespace guestprep
