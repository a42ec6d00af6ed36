// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/collect.h"
#include "agent/collect/services.h"
#include "tests/support/catch.h"
#include "tests/support/fake_host.h"

namespace guestprep {
namespace {

SoftwareFacts software_of(const FakeHost& fake) {
    Facts facts;
    collect_software(fake.host(), BootServices(fake.host()), facts);
    return facts.software;
}

FakeHost debian() {
    FakeHost fake;
    fake.files.link("/sbin/init", "/lib/systemd/systemd").file("/lib/systemd/systemd", "ELF");
    fake.files.file("/var/lib/dpkg/status",
                    "Package: zsh\nStatus: install ok installed\n\nPackage: open-vm-tools\n"
                    "Status: install ok installed\n\nPackage: gone\n"
                    "Status: deinstall ok config-files\n");
    fake.files.directory("/var/lib/rpm");
    return fake;
}

TEST_CASE(
    "software: dpkg's installed packages, sorted; rpm's empty database beside it is nothing") {
    const auto software = software_of(debian());
    REQUIRE(software.packages);
    CHECK(*software.packages == std::vector<std::string>{"open-vm-tools", "zsh"});
    CHECK(software.vmware_tools->packages == std::vector<std::string>{"open-vm-tools"});
}

TEST_CASE("software: rpm is asked on a running system, and believed only without errors") {
    FakeHost fake;
    fake.files.file("/var/lib/rpm/Packages", "");
    const std::string ask = "rpm -qa --qf %{NAME}\n";
    CHECK_FALSE(software_of(fake).packages);
    fake.commands.on(ask, {0, "zlib\nbash\n", ""});
    CHECK(*software_of(fake).packages == std::vector<std::string>{"bash", "zlib"});
    fake.commands.on(ask, {0, "zlib\n", "error: rpmdbNextIterator: skipping\n"});
    CHECK_FALSE(software_of(fake).packages);
    fake.running = false;
    CHECK(software_of(fake).packages.error().code == Errc::unsupported);
}

TEST_CASE("software: protection by its services, cron entries and modules") {
    auto fake = debian();
    fake.files.file("/lib/systemd/system/clamav-daemon.service", "[Install]\n");
    fake.files.file("/lib/systemd/system/clamav-freshclam.service", "[Install]\n");
    fake.files.link("/etc/systemd/system/multi-user.target.wants/clamav-freshclam.service",
                    "/lib/systemd/system/clamav-freshclam.service");
    fake.files.file("/etc/cron.daily/aide", "#!/bin/sh\n", 0755);
    fake.files.file("/proc/modules", "falcon_lsm_serviceable 1 0 - Live 0x0\nvmw_pvscsi 1 0\n");
    auto found = *software_of(fake).protection;
    REQUIRE(found.size() == 3);
    CHECK(found[0].product == "ClamAV");
    CHECK_FALSE(found[0].service.starts());
    CHECK(found[1].loaded);
    CHECK(found[2].scheduled);
    CHECK(found[2].evidence == "/etc/cron.daily/aide");
    fake.files.link("/etc/systemd/system/multi-user.target.wants/clamav-daemon.service",
                    "/lib/systemd/system/clamav-daemon.service");
    CHECK((*software_of(fake).protection)[0].service.starts());
    fake.running = false;  // the modules are then those of another system
    CHECK(software_of(fake).protection->size() == 2);
}

TEST_CASE("software: without an init system protection is unknown") {
    const FakeHost fake;
    CHECK_FALSE(software_of(fake).protection);
}

TEST_CASE("software: VMware's own tools leave their uninstaller and drivers") {
    auto fake = debian();
    fake.files.file("/usr/bin/vmware-uninstall-tools.pl", "#!perl\n");
    fake.files.file("/lib/modules/2.6.32/misc/vmxnet.ko", "ELF");
    fake.files.file("/lib/modules/2.6.32/misc/other.ko", "ELF");
    fake.files.file("/lib/modules/2.6.32/kernel/drivers/vmw_pvscsi.ko", "ELF");
    const auto tools = *software_of(fake).vmware_tools;
    CHECK(tools.tarball == "/usr/bin/vmware-uninstall-tools.pl");
    CHECK(tools.modules == std::vector<std::string>{"/lib/modules/2.6.32/misc/vmxnet.ko"});
}

TEST_CASE("software: other guest tools and display drivers") {
    auto fake = debian();
    fake.files.file("/opt/VBoxGuestAdditions-6.1.0/x", "").file("/usr/sbin/qemu-ga", "ELF");
    fake.files.file("/etc/X11/xorg.conf", "Section \"Device\"\n  Driver \"vmware\"\nEndSection\n");
    const auto found = *software_of(fake).guest_tools;
    REQUIRE(found.size() == 3);
    CHECK(found[0].evidence == "/opt/VBoxGuestAdditions-6.1.0");
    CHECK(found[1].product == "QEMU guest agent");
    CHECK(found[2].evidence == "/etc/X11/xorg.conf:2");
}

TEST_CASE("software: where the system was installed") {
    auto fake = debian();
    CHECK(software_of(fake).origin->logs.empty());
    fake.files.file("/var/log/installer/syslog", "kernel: [0.0] DMI: VMware, Inc. VMware7,1\n");
    CHECK(software_of(fake).origin->virtual_machine.where == "/var/log/installer/syslog:1");
    CHECK(software_of(fake).origin->physical.empty());
    fake.files.file("/var/log/installer/syslog", "kernel: [0.0] DMI: HP ProLiant DL380 G7\n");
    CHECK(software_of(fake).origin->physical.at(0).weight == 3);
}

}  // namespace
}  // namespace guestprep
