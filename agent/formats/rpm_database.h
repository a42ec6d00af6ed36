// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"

namespace guestprep {

struct RpmPackage {
    std::string name, version, release, vendor;
};

/// The packages in rpm's database, read without rpm: Packages (Berkeley DB's hash), Packages.db
/// (ndb) or rpmdb.sqlite. Errors: unsupported for another kind of file, bad_syntax for a damaged
/// one: half a list would let what is installed seem absent.
[[nodiscard]] Result<std::vector<RpmPackage>> read_rpm_database(std::string_view bytes);

/// The name, version, release and vendor in a header of rpm, as its database keeps it.
[[nodiscard]] Result<RpmPackage> read_rpm_header(std::string_view blob);

}  // namespace guestprep
