// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agent/core/result.h"
#include "agent/facts/network.h"

namespace guestprep {

/// A volume group as LVM's own tool sees it.
struct VolumeGroup {
    std::string name;
    std::string id;  ///< without dashes, as in the UUIDs of mapper devices; empty if not known
    bool is_partial = false;  ///< a physical volume is missing

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("id", self.id);
        visit("is_partial", self.is_partial);
    }
};

/// "filter" or "global_filter" of lvm.conf: patterns such as "a|^/dev/sda|", the first that fits
/// decides.
struct LvmFilter {
    ConfigLine line;
    std::vector<std::string> patterns;

    static void fields(auto& self, auto&& visit) {
        visit("line", self.line);
        visit("patterns", self.patterns);
    }
};

/// One physical volume in /etc/lvm/devices/system.devices.
struct LvmDevice {
    std::string id_type;  ///< "sys_wwid", "sys_serial", "devname", "mpath_uuid", ...
    ConfigLine line;

    static void fields(auto& self, auto&& visit) {
        visit("id_type", self.id_type);
        visit("line", self.line);
    }
};

struct VolumeManagerFacts {
    Fact<std::vector<VolumeGroup>> groups;
    Fact<std::vector<LvmFilter>> filters;         ///< those that count; absent without lvm.conf
    Fact<std::vector<LvmDevice>> listed_devices;  ///< absent where there is no devices file
    /// use_devicesfile of lvm.conf, where it is set.
    ConfigLine devices_file_setting;
    bool devices_file_off = false;
    /// find_multipaths of multipath.conf, where it is set; absent without such a file.
    Fact<ConfigLine> find_multipaths;

    static void fields(auto& self, auto&& visit) {
        visit("groups", self.groups);
        visit("filters", self.filters);
        visit("listed_devices", self.listed_devices);
        visit("devices_file_setting", self.devices_file_setting);
        visit("devices_file_off", self.devices_file_off);
        visit("find_multipaths", self.find_multipaths);
    }
};

}  // namespace guestprep
