// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

const auto& kFixer = fixers::rebuild_damaged_initramfs;

Facts damaged(const char* tool) {
    auto facts = sound_boot_facts();
    facts.boot.initramfs_settings = InitramfsSettings{.tool = tool};
    facts.boot.kernel->initramfs = failure(Errc::bad_syntax, "gzip: cut off");
    return facts;
}

TEST_CASE("initramfs fixer: a damaged one is built anew, and has to be a whole one") {
    const auto facts = damaged("dracut");
    CHECK(checks::initramfs_is_readable.evaluate(facts, {}).status == Status::fail);
    const auto set = kFixer.plan(facts, {}, {});
    REQUIRE(set);
    REQUIRE(set->changes.size() == 1);
    const auto& command = std::get<CommandStep>(set->changes[0]);
    CHECK(command.argv.at(0) == "dracut");
    CHECK(command.saves.size() == 1);
    CHECK(command.least_bytes == 1 << 20);
}

TEST_CASE("initramfs fixer: nothing for one that can be read") {
    const auto set = kFixer.plan(sound_boot_facts(), {}, {});
    REQUIRE(set);
    CHECK(set->empty());
}

TEST_CASE("initramfs fixer: refuses where there is no tool, or nobody could look") {
    auto facts = damaged("mkinitrd");
    facts.os.distribution->family = "rhel";
    CHECK_FALSE(kFixer.plan(facts, {}, {}));
    facts.boot.initramfs_settings = failure(Errc::not_found, "no tool");
    CHECK_FALSE(kFixer.plan(facts, {}, {}));
    facts = damaged("dracut");
    facts.boot.kernel->initramfs = failure(Errc::access_denied, "no");
    CHECK_FALSE(kFixer.plan(facts, {}, {}));
    CHECK_FALSE(kFixer.plan({}, {}, {}));
}

}  // namespace
}  // namespace guestprep
