// SPDX-License-Identifier: Apache-2.0
//
// What the program for Linux knows to look at: Linux, and a Windows disk under --root. The program
// for Windows has only_windows.cpp instead.
#include "agent/collect/collect.h"
#include "agent/collect/services.h"

namespace guestprep {

void collect_guest(const Host& host, Facts& facts) {
    if (host.registry != nullptr) {
        collect_windows(host, facts);
        return;
    }
    collect_os(host, facts);
    collect_storage(host, facts);
    collect_volume_managers(host, facts);
    collect_boot(host, facts);
    // What starts at the next boot is asked by all that follow: its units are read once.
    const BootServices services(host, facts.os.init);
    collect_network(host, services, facts);
    collect_access(host, services, facts);
    collect_firewall(host, services, facts);
    collect_software(host, services, facts);
    collect_offline_edits(host, facts);
    collect_first_boot(host, services, facts);
}

}  // namespace guestprep
