// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// A real file with the facts that a correct agent finds in it.
struct Fixture {
    std::string name;  ///< path below the fixture folder
    std::string text;  ///< the file; compressed ones ("_stored_as": "xz") are as stored
    nlohmann::json expected;
};

/// Fixtures of one kind ("fstab", "grub2-cfg", ... see the folder's README) from the collection
/// beside the project (../shared/fixtures, or $GUESTPREP_FIXTURES). Where the folder is missing the
/// list is empty and the test run says so once, on standard error: the project's own fixtures in
/// tests/fixtures are always there.
[[nodiscard]] std::vector<Fixture> fixtures_of_kind(std::string_view kind);

/// A file of the project's own tests/fixtures.
[[nodiscard]] std::string own_fixture(std::string_view path);

}  // namespace guestprep
