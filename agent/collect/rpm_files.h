// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agent/formats/rpm_database.h"
#include "agent/host/file_system.h"

namespace guestprep {

/// The packages that rpm's database names, read from its file: for a guest that does not run.
[[nodiscard]] Result<std::vector<RpmPackage>> packages_in_rpm_files(const FileReader& files);

/// The package of a kernel, by the version that both carry; null where none is.
[[nodiscard]] const RpmPackage* rpm_of_kernel(const std::vector<RpmPackage>& packages,
                                              const std::string& kernel_version);

}  // namespace guestprep
