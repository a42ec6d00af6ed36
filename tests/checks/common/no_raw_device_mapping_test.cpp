// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(std::string vendor, std::string model, Fact<Hypervisor> hypervisor) {
    auto facts = plain_machine();
    facts.os.hypervisor = std::move(hypervisor);
    facts.storage.devices->at(0).vendor = std::move(vendor);
    facts.storage.devices->at(0).model = std::move(model);
    return checks::no_raw_device_mapping.evaluate(facts, profile_2026());
}

const Fact<Hypervisor> kVmware = Hypervisor{"vmware", ""};

TEST_CASE("raw devices: VMware's virtual disks on each of its controllers pass") {
    CHECK(judge("VMware", "Virtual disk", kVmware).status == Status::pass);
    CHECK(judge("VMware,", "VMware Virtual S", kVmware).status == Status::pass);
    CHECK(judge("ATA", "VMware Virtual SATA Hard Drive", kVmware).status == Status::pass);
    CHECK(judge("", "VMware Virtual NVMe Disk", kVmware).status == Status::pass);
    CHECK(judge("VMware", "Virtual disk", {}).status == Status::pass);
}

TEST_CASE("raw devices: a storage array's disk on VMware fails") {
    const auto finding = judge("NETAPP", "LUN", kVmware);
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).found == "NETAPP LUN");
}

TEST_CASE("raw devices: other hypervisors are not concerned") {
    CHECK(judge("QEMU", "QEMU HARDDISK", Hypervisor{"kvm", ""}).status == Status::not_applicable);
}

TEST_CASE("raw devices: hypervisor or disks not known is unknown") {
    CHECK(judge("NETAPP", "LUN", {}).status == Status::unknown);
    auto facts = plain_directory();
    facts.os.hypervisor = kVmware;
    CHECK(checks::no_raw_device_mapping.evaluate(facts, profile_2026()).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
