// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/collect.h"

namespace guestprep {

Facts collect(const Host& host) {
    Facts facts;
    facts.running = host.running;
    facts.privileged = host.privileged;
    collect_os(host, facts);
    collect_storage(host, facts);
    collect_boot(host, facts);
    collect_network(host, facts);
    collect_access(host, facts);
    collect_firewall(host, facts);
    collect_software(host, facts);
    return facts;
}

}  // namespace guestprep
