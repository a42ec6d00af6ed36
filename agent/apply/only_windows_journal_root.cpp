// SPDX-License-Identifier: Apache-2.0
#include "agent/apply/journal_root.h"

namespace guestprep {

/// On the drive of Windows. Server 2003 has no ProgramData of its own: it is made there.
GuestPath journal_root() { return GuestPath("/ProgramData/guestprep"); }

}  // namespace guestprep
