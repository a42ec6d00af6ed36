// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "agent/core/check.h"
#include "agent/core/guest_path.h"
#include "agent/core/registry_value.h"
#include "agent/facts/access.h"
#include "agent/facts/boot.h"
#include "agent/facts/firewall.h"
#include "agent/facts/first_boot.h"
#include "agent/facts/network.h"
#include "agent/facts/offline_edits.h"
#include "agent/facts/os.h"
#include "agent/facts/software.h"
#include "agent/facts/storage.h"
#include "agent/facts/volume_managers.h"
#include "agent/facts/windows.h"

namespace guestprep {

/// The text of each configuration file that collectors have read, by the path they asked for: what
/// an editor needs. Never saved.
using SourceTexts = std::map<GuestPath, std::string>;

/// Each registry value that collectors have asked for, by key and name; nothing where it is not
/// set. Never saved.
using RegistrySources = std::map<std::pair<std::string, std::string>, std::optional<RegistryValue>>;

/// Everything the agent has learned about the host. Plain data: copyable, no I/O behind it.
///
/// Each struct names its members once, in `fields`; facts_json writes and reads them from that. A
/// member left out there (the text of a file, which an editor needs and which may hold secrets) is
/// never saved.
struct Facts {
    Platform platform = Platform::linux_guest;
    bool running = false;     ///< collected from the running system, not from a directory
    bool privileged = false;  ///< collected as root
    OsFacts os;
    StorageFacts storage;
    VolumeManagerFacts volume_managers;
    BootFacts boot;
    NetworkFacts network;
    FirewallFacts firewall;
    AccessFacts access;
    SoftwareFacts software;
    OfflineEditFacts offline_edits;
    FirstBootFacts first_boot;
    std::optional<WindowsFacts> windows;  ///< of a Windows guest
    /// What could be fixed: the ID of a check, and of the fixer that would do something for it the
    /// kind ("safe"). Kept, since whoever judges saved facts has no texts to ask the fixers with.
    std::map<std::string, std::string> fixes;
    SourceTexts sources;
    RegistrySources registry_sources;

    /// What is known of Windows: nothing, where this is no Windows guest.
    [[nodiscard]] const WindowsFacts& of_windows() const {
        static const WindowsFacts kNothing;
        return windows ? *windows : kNothing;
    }

    static void fields(auto& self, auto&& visit) {
        visit("platform", self.platform);
        visit("running", self.running);
        visit("privileged", self.privileged);
        visit("os", self.os);
        visit("storage", self.storage);
        visit("volume_managers", self.volume_managers);
        visit("boot", self.boot);
        visit("network", self.network);
        visit("firewall", self.firewall);
        visit("access", self.access);
        visit("software", self.software);
        visit("offline_edits", self.offline_edits);
        visit("first_boot", self.first_boot);
        visit("windows", self.windows);
        visit("fixes", self.fixes);
    }
};

}  // namespace guestprep
