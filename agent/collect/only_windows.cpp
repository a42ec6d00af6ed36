// SPDX-License-Identifier: Apache-2.0
//
// What the program for Windows looks at: the Windows that it runs on.
#include "agent/collect/collect.h"

namespace guestprep {

void collect_guest(const Host& host, Facts& facts) {
    // What nobody collects stays unknown, and every finding that needs it with it.
    facts.platform = Platform::windows_guest;
    if (!host.machine.hostname.empty()) facts.os.hostname = host.machine.hostname;
    if (!host.machine.architecture.empty()) facts.os.kernel_machine = host.machine.architecture;
}

}  // namespace guestprep
