// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/change_set.h"
#include "agent/core/check.h"
#include "agent/core/result.h"

namespace guestprep {

/// `safe` ones run by default, `opt_in` ones with --include, `irreversible` ones only with
/// --allow-irreversible too.
enum class FixKind : std::uint8_t { safe, opt_in, irreversible };

/// A public key that the operator wants in place.
struct KeyToAdd {
    std::string user;
    std::string text;  ///< the content of the key file: one or more lines
};

/// What the operator asks of fixers besides the check IDs.
struct FixWishes {
    std::vector<KeyToAdd> keys;
    /// The fixer is named by --include: what somebody has switched off on purpose may be switched
    /// on.
    bool named = false;
};

/// Plans edits; touches nothing. Planning again on the facts that its own changes lead to gives an
/// empty set. Where it cannot be sure it plans nothing and says why: an error of code unsupported.
struct Fixer {
    std::string_view id;     ///< of the check that it helps
    std::string_view title;  ///< what it does, as an order: "Name mounts in /etc/fstab by UUID"
    Platform platform = Platform::any;
    FixKind kind = FixKind::safe;
    std::string_view changes;  ///< what it changes, for `explain`
    std::string_view leaves;   ///< what it leaves alone, and why
    /// Its changes are only made where the check passes with them, as far as can be foreseen.
    bool must_pass = false;
    Result<ChangeSet> (*plan)(const Facts&, const Profile&, const FixWishes&) = nullptr;
};

}  // namespace guestprep
