// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"

namespace guestprep {
namespace {

TEST_CASE("fix_size_of_page_file is applied, repeated and undone") {
    {
        auto registry = sound_registry();
        registry.texts(keys::kMemory, "PagingFiles", {"?:\\pagefile.sys"});
        const auto fixed =
            registry_fix_loop(registry, fixers::fix_size_of_page_file, checks::page_file_is_fixed);
        CHECK(fixed.find("pagefile.sys 4096 4096") != std::string::npos);
    }
    {
        auto registry = sound_registry();
        registry.texts(keys::kMemory, "PagingFiles", {"C:\\pagefile.sys 1024 20000"});
        const auto fixed =
            registry_fix_loop(registry, fixers::fix_size_of_page_file, checks::page_file_is_fixed);
        CHECK(fixed.find("pagefile.sys 8192 8192") != std::string::npos);
    }
}

TEST_CASE("fix_size_of_page_file has nothing to do") {
    {
        auto registry = sound_registry();
        CHECK(registry_refusal(registry, fixers::fix_size_of_page_file).empty());
    }
}

TEST_CASE("fix_size_of_page_file leaves an entry alone that it does not understand") {
    auto registry = sound_registry();
    registry.texts(keys::kMemory, "PagingFiles", {"nonsense", R"(C:\pagefile.sys 0 0)"});
    CHECK(registry_refusal(registry, fixers::fix_size_of_page_file).find("nonsense") !=
          std::string::npos);
}

}  // namespace
}  // namespace guestprep
