// SPDX-License-Identifier: Apache-2.0
//
// What the program for Windows looks at: the Windows that it runs on.
#include "agent/collect/collect.h"

namespace guestprep {

void collect_guest(const Host& host, Facts& facts) { collect_windows(host, facts); }

}  // namespace guestprep
