// SPDX-License-Identifier: Apache-2.0
//
// Was this system installed on a physical machine? Nothing inside proves it; the installer's log
// and what hardware leaves behind make it likely.
#include <algorithm>

#include "agent/collect/access_parts.h"
#include "agent/collect/software_parts.h"
#include "agent/core/text.h"
#include "agent/formats/machine_traces.h"

namespace guestprep {
namespace {

constexpr std::size_t kMostLog = 16 << 20;  // bytes; the kernel's lines stand at the beginning

void read_log(const FileReader& files, const GuestPath& path, Origin& out) {
    const auto text = files.read(path, kMostLog);
    if (!text) return;
    out.logs.push_back(path.str());
    const auto dmi = find_dmi_line(*text);
    if (!dmi) return;
    const auto where = at_line(path.str(), dmi->line);
    if (is_virtual_machine_name(dmi->machine))
        out.virtual_machine = {where, dmi->machine, 0};
    else
        out.physical.push_back({where, dmi->machine, 3});
}

}  // namespace

Origin find_origin(const Host& host, const Fact<std::vector<std::string>>& packages) {
    Origin out;
    for (const std::string_view pattern :
         {"/var/log/installer/syslog", "/var/log/installer/dmesg", "/var/log/installer/journal.txt",
          "/var/log/anaconda/syslog", "/var/log/anaconda/journal.log", "/var/log/anaconda.syslog",
          "/var/log/YaST2/y2log*", "/var/log/YaST2/dmesg*", "/root/install.log.syslog"})
        for (const auto& path : glob(host.files, pattern)) read_log(host.files, path, out);
    for (const std::string_view path :
         {"/etc/sysconfig/hwconf", "/etc/udev/rules.d/70-persistent-net.rules"})
        if (const auto text = host.files.read(GuestPath(path)))
            // One machine has many devices: together they are one trace.
            if (const auto drivers = find_hardware_drivers(*text); !drivers.empty())
                out.physical.push_back({at_line(path, drivers.front().line),
                                        "hardware driver " + drivers.front().driver, 2});
    if (packages) {
        const auto tool = std::ranges::find_if(*packages, is_hardware_package);
        if (tool != packages->end())
            out.physical.push_back({"package " + *tool, "manages a maker's servers", 1});
    }
    return out;
}

}  // namespace guestprep
