// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "agent/core/check.h"
#include "agent/core/fixer.h"
#include "tests/support/fake_host.h"

namespace guestprep {

/// What a fixer did to a host.
struct Fixed {
    ChangeSet set;
    std::map<std::string, std::string> files;  ///< each edited file as it is now; removed: "gone"
};

/// The life of a fix: the check fails; the fixer plans edits whose before-texts are the host's;
/// with them in place the check passes and nothing is planned any more; undone, every path reads as
/// before. Commands are planned, not run.
Fixed fix_loop(const FakeHost& host, const Fixer& fixer, const Check& check,
               const FixWishes& wishes = {});

/// The same, for one that does not make its check pass by edits alone: looks at `expected` instead.
Fixed fix_loop_until(const FakeHost& host, const Fixer& fixer, const Check& check, Status expected,
                     const FixWishes& wishes = {});

/// Why the fixer plans nothing for this host: its refusal, or its notes where it has no change.
std::string refusal_of(const FakeHost& host, const Fixer& fixer, const FixWishes& wishes = {});

}  // namespace guestprep
