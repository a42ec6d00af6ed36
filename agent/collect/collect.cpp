// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/collect.h"

#include "agent/collect/remembering_files.h"

namespace guestprep {

Facts collect(const Host& given) {
    Facts facts;
    const RememberingFiles files(given.files, facts.sources);
    const Host host{files,         given.commands, given.devices,   given.machine,
                    given.running, given.privileged, given.registry};
    facts.running = host.running;
    facts.privileged = host.privileged;
    if (host.registry != nullptr) {
        facts.platform = Platform::windows_guest;
        collect_windows(host, facts);
        return facts;
    }
    collect_os(host, facts);
    collect_storage(host, facts);
    collect_volume_managers(host, facts);
    collect_boot(host, facts);
    collect_network(host, facts);
    collect_access(host, facts);
    collect_firewall(host, facts);
    collect_software(host, facts);
    collect_offline_edits(host, facts);
    collect_first_boot(host, facts);
    return facts;
}

}  // namespace guestprep
