// SPDX-License-Identifier: Apache-2.0
//
// Windows has no POSIX regular expressions, and another kind would judge LVM's filters otherwise:
// what a Linux guest's saved facts say of them stays unknown here.
#include "agent/formats/lvm_filter.h"

namespace guestprep {

Result<bool> lvm_filter_admits(const std::vector<std::string>& patterns,
                               const std::vector<std::string>&) {
    if (patterns.empty()) return true;
    return failure(Errc::unsupported, "LVM filters are judged by the program for Linux only");
}

}  // namespace guestprep
