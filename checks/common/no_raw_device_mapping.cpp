// SPDX-License-Identifier: Apache-2.0
//
// Requirement: on VMware all disks are VMDK files, none is a raw device.
// Why:         a raw device is not exported.
// Source:      2018 document, Limitations.
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& hypervisor = facts.os.hypervisor;
    if (hypervisor && hypervisor->name != "vmware")
        return not_applicable("this machine does not run on VMware");
    if (!facts.storage.devices) return unknown(facts.storage.devices.error());
    std::vector<Evidence> foreign;
    bool any = false;
    for (const auto& device : *facts.storage.devices) {
        if (device.kind != DeviceKind::disk || device.removable || device.size == 0) continue;
        any = true;
        // "VMware / Virtual disk", "ATA / VMware Virtual SATA Hard Drive", "VMware Virtual NVMe".
        if (contains(device.vendor, "VMware") || contains(device.model, "VMware")) continue;
        foreign.push_back({device.names.front(),
                           trimmed(device.vendor + " " + device.model).empty()
                               ? "no vendor or model"
                               : device.vendor + " " + device.model,
                           "VMware Virtual disk"});
    }
    if (!any) return unknown("no disk can be seen here");
    if (foreign.empty()) return pass("all disks are VMware virtual disks");
    if (!hypervisor) return unknown(hypervisor.error());
    auto summary = foreign.front().where + " is no VMware virtual disk: " + foreign.front().found;
    return fail(std::move(summary), std::move(foreign));
}

}  // namespace

constinit const Check checks::no_raw_device_mapping{
    .id = "host-rdm",
    .title = "All disks are virtual disks, none a raw device of the host",
    .severity = Severity::warning,
    .requirement = "Raw device mappings (and passed-through or iSCSI disks) are not imported.",
    .why = "Only VMDK files are exported: what is on a mapped raw device stays behind.",
    .source =
        "2018 document, Limitations; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/limitations-image-importing.html",
    .looks_at =
        "Vendor and model of each disk in /sys/block, on VMware. A mapping in virtual "
        "compatibility "
        "mode looks like any virtual disk from inside.",
    .remedy = "Copy the data to a virtual disk (VMDK), or leave the disk out and copy it to EBS.",
    .evaluate = evaluate,
};

}  // namespace guestprep
