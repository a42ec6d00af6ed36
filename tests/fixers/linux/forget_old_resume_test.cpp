// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

const auto& kFixer = fixers::forget_old_resume;
const GuestPath kFile("/etc/initramfs-tools/conf.d/resume");

Facts resuming_from(const std::string& spec) {
    auto facts = sound_boot_facts();
    facts.boot.initramfs_settings = InitramfsSettings{.tool = "initramfs-tools"};
    facts.storage = plain_machine().storage;
    facts.storage.resume = spec;
    facts.sources[kFile] = "# by the installer\nRESUME=" + spec + "\n";
    return facts;
}

Status verdict(const Facts& facts) {
    return checks::swap_by_stable_name.evaluate(facts, profile_2026()).status;
}

TEST_CASE("resume fixer: what is gone is forgotten, what is there is named by its UUID") {
    for (const auto& [before, after] :
         {std::pair("UUID=gone", "none"), std::pair("/dev/sda2", "UUID=swap-uuid")}) {
        INFO(before);
        const auto facts = resuming_from(before);
        CHECK(verdict(facts) == Status::fail);
        const auto set = kFixer.plan(facts, {}, {});
        REQUIRE(set);
        REQUIRE(set->changes.size() == 2);
        const auto& edit = std::get<FileEdit>(set->changes[0]);
        CHECK(edit.path == kFile);
        CHECK(edit.after == "# by the installer\nRESUME=\"" + std::string(after) + "\"\n");
        CHECK(std::get<CommandStep>(set->changes[1]).argv.at(0) == "update-initramfs");
        const auto fixed = resuming_from(after);
        CHECK(verdict(fixed) == Status::pass);
        CHECK(kFixer.plan(fixed, {}, {})->empty());
    }
}

TEST_CASE("resume fixer: refuses where the text or the tool is not known") {
    auto facts = resuming_from("UUID=gone");
    facts.boot.initramfs_settings = failure(Errc::not_found, "no tool");
    CHECK_FALSE(kFixer.plan(facts, {}, {}));
    facts = resuming_from("UUID=gone");
    facts.sources.clear();
    CHECK_FALSE(kFixer.plan(facts, {}, {}));
    facts.storage.resume = failure(Errc::access_denied, "no");
    CHECK_FALSE(kFixer.plan(facts, {}, {}));
    CHECK(verdict(facts) == Status::unknown);
}

}  // namespace
}  // namespace guestprep
