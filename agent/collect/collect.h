// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/facts/facts.h"
#include "agent/host/host.h"

namespace guestprep {

class BootServices;

/// Looks at everything once. A source that cannot be read becomes a fact that says why.
[[nodiscard]] Facts collect(const Host& host);

/// The part of `collect` that knows the kinds of guest; there is one for each program.
void collect_guest(const Host& host, Facts& facts);

/// One per facts struct, in the order of `collect`; each may lean on what is in `facts` already.
void collect_os(const Host& host, Facts& facts);
void collect_storage(const Host& host, Facts& facts);
void collect_volume_managers(const Host& host, Facts& facts);
void collect_boot(const Host& host, Facts& facts);
void collect_network(const Host& host, const BootServices& services, Facts& facts);
void collect_access(const Host& host, const BootServices& services, Facts& facts);
void collect_firewall(const Host& host, const BootServices& services, Facts& facts);
void collect_software(const Host& host, const BootServices& services, Facts& facts);
void collect_offline_edits(const Host& host, Facts& facts);
void collect_first_boot(const Host& host, const BootServices& services, Facts& facts);
/// All of a Windows guest, in place of the above.
void collect_windows(const Host& host, Facts& facts);

}  // namespace guestprep
