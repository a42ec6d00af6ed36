// SPDX-License-Identifier: Apache-2.0
#include "agent/core/text.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

using Texts = std::vector<std::string>;

Result<ChangeSet> plan(const Texts& entries, std::uint64_t free_bytes = std::uint64_t{50} << 30) {
    auto registry = sound_registry();
    registry.texts(keys::kMemory, "PagingFiles", entries);
    auto facts = registry_facts(registry);
    facts.windows->boot.system_space = Space{"/", free_bytes, free_bytes * 2, 0, 0};
    return fixers::move_page_file.plan(facts, profile_2026(), {});
}

std::string planned(const Texts& entries) {
    const auto set = plan(entries);
    REQUIRE(set);
    REQUIRE(set->changes.size() == 1);
    return shown_value(*std::get<RegistryEdit>(set->changes.front()).after);
}

TEST_CASE("move_page_file is applied, repeated and undone") {
    auto registry = sound_registry();
    registry.texts(keys::kMemory, "PagingFiles",
                   {R"(C:\pagefile.sys 2048 2048)", R"(d:\pagefile.sys 4096 8192)"});
    registry_fix_loop(registry, fixers::move_page_file, checks::page_file_is_on_system_drive);
}

TEST_CASE("move_page_file: what it makes of the entries") {
    CHECK(planned({R"(D:\pagefile.sys 1024 4096)"}) == R"(C:\pagefile.sys 4096 4096)");
    CHECK(planned({R"(D:\a b\p.sys 10 20)", R"(E:\pagefile.sys 30 30)"}) ==
          R"(C:\pagefile.sys 30 30)");
    CHECK(planned({R"(?:\pagefile.sys)", R"(D:\pagefile.sys 1 2)"}) == R"(?:\pagefile.sys)");
    CHECK(plan({R"(C:\pagefile.sys 4096 4096)"})->empty());
    CHECK(plan({})->empty());
}

TEST_CASE("move_page_file does nothing where it cannot be sure") {
    CHECK_FALSE(plan({R"(D:\pagefile.sys 0 0)"}));
    CHECK_FALSE(plan({"nonsense", R"(D:\pagefile.sys 1 2)"}));
    CHECK_FALSE(plan({R"(D:\pagefile.sys 4096 4096)"}, std::uint64_t{5} << 30));
    CHECK_FALSE(plan({R"(D:\pagefile.sys 99999999999999 99999999999999)"}));
}

}  // namespace
}  // namespace guestprep
