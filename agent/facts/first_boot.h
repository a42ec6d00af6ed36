// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agent/core/result.h"
#include "agent/facts/network.h"
#include "agent/facts/services.h"

namespace guestprep {

/// A line that keeps a driver from being loaded.
struct ModuleBar {
    std::string module;  ///< "_" for "-"
    ConfigLine line;

    static void fields(auto& self, auto&& visit) {
        visit("module", self.module);
        visit("line", self.line);
    }
};

struct ClockFacts {
    ConfigLine local_time;               ///< the hardware clock is said to keep local time
    std::vector<ServiceState> services;  ///< time clients that are installed
    bool asks_amazon = false;            ///< a time client asks 169.254.169.123

    static void fields(auto& self, auto&& visit) {
        visit("local_time", self.local_time);
        visit("services", self.services);
        visit("asks_amazon", self.asks_amazon);
    }
};

/// What the first start on other hardware meets, beside disks and network.
struct FirstBootFacts {
    Fact<std::vector<ModuleBar>> module_bars;  ///< of drivers that EC2 needs
    ConfigLine modules_disabled;  ///< kernel.modules_disabled = 1 at boot: no driver after that
    ClockFacts clock;
    ServiceState kudzu;                    ///< RHEL 5's hardware detection
    std::vector<ConfigLine> old_hardware;  ///< lines of modprobe.conf that name its drivers
    ConfigLine forced_check;               ///< /forcefsck
    /// Disks that a later update of GRUB installs to: device.map, debconf.
    Fact<std::vector<ConfigLine>> grub_disks;
    Fact<bool> secure_boot;  ///< absent where the firmware has none
    /// /etc/dracut.conf.d/50-network-legacy.conf, which stops dracut without a dhclient.
    ConfigLine network_legacy;

    static void fields(auto& self, auto&& visit) {
        visit("module_bars", self.module_bars);
        visit("modules_disabled", self.modules_disabled);
        visit("clock", self.clock);
        visit("kudzu", self.kudzu);
        visit("old_hardware", self.old_hardware);
        visit("forced_check", self.forced_check);
        visit("grub_disks", self.grub_disks);
        visit("secure_boot", self.secure_boot);
        visit("network_legacy", self.network_legacy);
    }
};

}  // namespace guestprep
