// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "agent/catalogue.h"
#include "agent/core/profile.h"

namespace guestprep {

/// `guestprep list`: a line per entry.
[[nodiscard]] std::string list_text(const Profile& profile);
/// The same for programs: "guestprep-list/1".
[[nodiscard]] std::string list_json(const Profile& profile);
/// docs/checks.md.
[[nodiscard]] std::string list_markdown(const Profile& newest, const Profile& oldest);
/// `guestprep explain ID`.
[[nodiscard]] std::string explain_text(const CatalogueEntry& entry, const Profile& profile);

}  // namespace guestprep
