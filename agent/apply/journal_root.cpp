// SPDX-License-Identifier: Apache-2.0
#include "agent/apply/journal_root.h"

namespace guestprep {

GuestPath journal_root() { return GuestPath("/var/lib/guestprep"); }

}  // namespace guestprep
