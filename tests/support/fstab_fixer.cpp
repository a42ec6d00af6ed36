// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fstab_fixer.h"

#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {

Facts machine_with_fstab(std::string_view text, InitSystem init) {
    auto facts = plain_machine();
    facts.os.init = init;
    facts.storage.fstab = fstab(text);
    return facts;
}

ChangeSet planned(const Fixer& fixer, const Facts& facts) {
    auto changes = fixer.plan(facts, profile_2026(), {});
    REQUIRE(changes);
    return *changes;
}

std::string fixed_fstab(const Fixer& fixer, const Facts& facts) {
    const auto changes = planned(fixer, facts);
    REQUIRE(changes.changes.size() == 1);
    const auto& edit = std::get<FileEdit>(changes.changes.front());
    CHECK(edit.path == GuestPath("/etc/fstab"));
    CHECK(edit.before == facts.storage.fstab->text);
    return *edit.after;
}

}  // namespace guestprep
