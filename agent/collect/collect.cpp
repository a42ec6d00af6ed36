// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/collect.h"

#include "agent/collect/remembering_files.h"

namespace guestprep {

Facts collect(const Host& given) {
    Facts facts;
    const RememberingFiles files(given.files, facts.sources);
    const Host host{files,         given.commands,   given.devices,  given.machine,
                    given.running, given.privileged, given.registry, given.accounts};
    facts.running = host.running;
    facts.privileged = host.privileged;
    collect_guest(host, facts);
    return facts;
}

}  // namespace guestprep
