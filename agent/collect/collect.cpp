// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/collect.h"

#include "agent/collect/remembering_files.h"

namespace guestprep {

Facts collect(const Host& host) {
    Facts facts;
    facts.running = host.running;
    facts.privileged = host.privileged;
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

Facts collect_with_sources(const Host& host) {
    SourceTexts sources;
    const RememberingFiles files(host.files, sources);
    auto facts = collect(
        {files, host.commands, host.devices, host.machine, host.running, host.privileged});
    facts.sources = std::move(sources);
    return facts;
}

}  // namespace guestprep
