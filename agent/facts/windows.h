// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/facts/windows_access.h"
#include "agent/facts/windows_boot.h"
#include "agent/facts/windows_network.h"
#include "agent/facts/windows_software.h"
#include "agent/facts/windows_system.h"

namespace guestprep {

/// What the registry of a Windows guest tells. Names of values stand beside what they hold; the
/// keys are in windows_keys.h. A fact whose error is not_found is a value that is not set.
struct WindowsFacts {
    WindowsSystemFacts system;
    WindowsAccessFacts access;
    WindowsNetworkFacts network;
    WindowsSoftwareFacts software;
    WindowsBootFacts boot;

    static void fields(auto& self, auto&& visit) {
        visit("system", self.system);
        visit("access", self.access);
        visit("network", self.network);
        visit("software", self.software);
        visit("boot", self.boot);
    }
};

}  // namespace guestprep
