// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/collect.h"
#include "tests/support/catch.h"
#include "tests/support/fake_host.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

OsFacts look(const FakeHost& host) {
    Facts facts;
    collect_os(host.host(), facts);
    return facts.os;
}

Distribution distribution(const FakeHost& host) {
    const auto os = look(host);
    INFO(os.distribution.why());
    REQUIRE(os.distribution);
    return *os.distribution;
}

std::string elf(char bits, char machine) {
    std::string head(
        "\x7f"
        "ELF");
    head += bits;
    head += "\x01\x01";
    head.resize(16);
    head += std::string("\x02\0", 2);
    head += machine;
    head.resize(64);
    return head;
}

TEST_CASE("os: Oracle Linux is not taken for the Red Hat that it says it is") {
    FakeHost host;
    host.files.file("/etc/oracle-release", "Oracle Linux Server release 7.9\n")
        .file("/etc/redhat-release", "Red Hat Enterprise Linux Server release 7.9 (Maipo)\n")
        .file("/etc/os-release", "ID=\"ol\"\nVERSION_ID=\"7.9\"\n");
    const auto found = distribution(host);
    CHECK(found.id == "ol");
    CHECK(found.version == "7.9");
    CHECK(found.source == "/etc/oracle-release");
    CHECK(found.family == "rhel");
}

TEST_CASE("os: SLES 11 and 12 by SuSE-release, openSUSE not") {
    FakeHost host;
    host.files.file("/etc/SuSE-release",
                    "SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 3\n");
    CHECK(distribution(host).id == "sles");
    CHECK(distribution(host).version == "11.3");
    CHECK(distribution(host).family == "suse");
    FakeHost open;
    open.files.file("/etc/SuSE-release", "openSUSE 13.2 (x86_64)\nVERSION = 13.2\n")
        .file("/etc/os-release", "ID=opensuse\nVERSION_ID=13.2\nPRETTY_NAME=\"openSUSE 13.2\"\n");
    CHECK(distribution(open).id == "opensuse");
    FakeHost first;
    first.files.file("/etc/os-release", "ID=\"sles\"\nVERSION_ID=\"15\"\n");
    CHECK(distribution(first).version == "15.0");
}

TEST_CASE("os: Ubuntu has a debian_version, Debian the point release in it") {
    FakeHost ubuntu;
    ubuntu.files
        .file("/etc/lsb-release",
              "DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=14.04\nDISTRIB_DESCRIPTION=\"Ubuntu 14.04.6 "
              "LTS\"\n")
        .file("/etc/debian_version", "jessie/sid\n");
    CHECK(distribution(ubuntu).id == "ubuntu");
    CHECK(distribution(ubuntu).version == "14.04");
    CHECK(distribution(ubuntu).title == "Ubuntu 14.04.6 LTS");
    FakeHost debian;
    debian.files.file("/etc/debian_version", "12.5\n")
        .file("/etc/os-release",
              "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
    CHECK(distribution(debian).version == "12.5");
    CHECK(distribution(debian).title == "Debian GNU/Linux 12 (bookworm)");
    FakeHost sid;
    sid.files.file("/etc/debian_version", "trixie/sid\n").file("/etc/os-release", "ID=debian\n");
    CHECK(distribution(sid).version == "trixie/sid");
}

TEST_CASE("os: derivatives keep their own name") {
    FakeHost mint;
    mint.files.file("/etc/debian_version", "stretch/sid\n")
        .file("/etc/lsb-release", "DISTRIB_ID=LinuxMint\nDISTRIB_RELEASE=18.2\n")
        .file("/etc/os-release", "ID=linuxmint\nID_LIKE=ubuntu\nVERSION_ID=\"18.2\"\n");
    CHECK(distribution(mint).id == "linuxmint");
    CHECK(distribution(mint).family == "debian");
    FakeHost rocky;
    rocky.files.file("/etc/rocky-release", "Rocky Linux release 9.3 (Blue Onyx)\n")
        .link("/etc/centos-release", "rocky-release")
        .link("/etc/redhat-release", "rocky-release")
        .file("/usr/lib/os-release",
              "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\nVERSION_ID=\"9.3\"\n")
        .link("/etc/os-release", "../usr/lib/os-release");
    CHECK(distribution(rocky).id == "rocky");
    CHECK(distribution(rocky).version == "9.3");
}

TEST_CASE("os: CentOS 5 has only redhat-release, CentOS 7 its point release in centos-release") {
    FakeHost five;
    five.files.file("/etc/redhat-release", "CentOS release 5.11 (Final)\n");
    CHECK(distribution(five).id == "centos");
    CHECK(distribution(five).version == "5.11");
    FakeHost seven;
    seven.files.file("/etc/centos-release", "CentOS Linux release 7.4.1708 (Core) \n")
        .file("/etc/os-release", "ID=\"centos\"\nVERSION_ID=\"7\"\n");
    CHECK(distribution(seven).version == "7.4");
}

TEST_CASE("os: Fedora's edition comes from os-release") {
    FakeHost host;
    host.files.file("/etc/fedora-release", "Fedora release 21 (Twenty One)\n")
        .file("/etc/os-release", "ID=fedora\nVERSION_ID=21\nVARIANT_ID=server\n");
    CHECK(distribution(host).version == "21");
    CHECK(distribution(host).variant == "server");
}

TEST_CASE("os: nothing there is absent, unreadable is denied") {
    CHECK(look({}).distribution.is_absent());
    FakeHost host;
    host.files.file("/etc/redhat-release", "x").deny("/etc/redhat-release");
    CHECK(look(host).distribution.error().code == Errc::access_denied);
}

TEST_CASE("os: every real release file gives its own distribution") {
    for (const auto* kind : {"os-release", "redhat-release"})
        for (const auto& fixture : fixtures_of_kind(kind)) {
            INFO(fixture.name);
            FakeHost host;
            host.files.file(fixture.expected.at("_install_path").get<std::string>(), fixture.text);
            const auto found = distribution(host);
            if (std::string_view(kind) == "os-release") {
                CHECK(found.id == fixture.expected.at("id").get<std::string>());
                CHECK(found.title == fixture.expected.at("pretty_name").get<std::string>());
            } else {
                CHECK(found.id == "rhel");
                CHECK(found.version.starts_with(
                    std::to_string(fixture.expected.at("major").get<int>()) + "."));
            }
        }
}

TEST_CASE("os: the architecture is that of the programs") {
    FakeHost host;
    host.machine.architecture = "x86_64";
    host.machine.kernel_release = "2.6.32";
    host.files.file("/lib/systemd/systemd", elf(1, 3)).link("/sbin/init", "/lib/systemd/systemd");
    auto os = look(host);
    CHECK(os.userland_machine.value_or("") == "i386");
    CHECK(os.kernel_machine.value_or("") == "x86_64");
    CHECK(os.init == InitSystem::systemd);
    host.files.file("/sbin/init", "#!/bin/sh\n").file("/bin/sh", elf(2, 62));
    host.running = false;
    os = look(host);
    CHECK(os.userland_machine.value_or("") == "i386");
    CHECK_FALSE(os.kernel_machine);
    CHECK_FALSE(os.running_kernel);
    FakeHost bare;
    bare.files.file("/bin/sh", elf(2, 62));
    CHECK(look(bare).userland_machine.value_or("") == "x86_64");
    bare.files.deny("/bin/sh");
    CHECK(look(bare).userland_machine.error().code == Errc::access_denied);
}

TEST_CASE("os: the hypervisor by CPUID, then by DMI; none is an answer, a directory is not") {
    FakeHost host;
    host.machine.has_hypervisor_bit = true;
    host.machine.cpu_hypervisor = "VMwareVMware";
    CHECK(look(host).hypervisor->name == "vmware");
    host.machine.cpu_hypervisor = "Microsoft Hv";
    CHECK(look(host).hypervisor->name == "hyperv");
    host.files.file("/sys/class/dmi/id/sys_vendor", "QEMU\n");
    CHECK(look(host).hypervisor->name == "kvm");
    host.machine.cpu_hypervisor = "SomethingNew";
    host.files.file("/sys/class/dmi/id/sys_vendor", "Acme\n");
    CHECK(look(host).hypervisor->name == "unknown");
    host.machine = {};
    CHECK(look(host).hypervisor->name == "none");
    host.running = false;
    CHECK_FALSE(look(host).hypervisor);
    CHECK_FALSE(look({}).hypervisor);
}

TEST_CASE("os: firmware, host name and command line of the running system") {
    FakeHost host;
    host.machine.hostname = "db7";
    host.files.directory("/sys/firmware/efi").file("/proc/cmdline", "ro rd.iscsi.password=pw1\n");
    auto os = look(host);
    CHECK(os.firmware.value() == Firmware::uefi);
    CHECK(os.hostname.value_or("") == "db7");
    CHECK(os.running_command_line->find("pw1") == std::string::npos);
    FakeHost root;
    root.running = false;
    root.files.file("/etc/sysconfig/network", "NETWORKING=yes\nHOSTNAME=web1\n");
    os = look(root);
    CHECK(os.hostname.value_or("") == "web1");
    CHECK_FALSE(os.firmware);
    CHECK_FALSE(os.running_command_line);
}

TEST_CASE("os: init systems by their files") {
    FakeHost upstart;
    upstart.files.file("/sbin/init", elf(2, 62)).file("/sbin/initctl", "").file("/etc/inittab", "");
    CHECK(look(upstart).init == InitSystem::upstart);
    FakeHost sysv;
    sysv.files.file("/sbin/init", elf(2, 62)).file("/etc/inittab", "");
    CHECK(look(sysv).init == InitSystem::sysv);
    FakeHost openrc;
    openrc.files.file("/sbin/openrc", "").file("/etc/inittab", "");
    CHECK(look(openrc).init == InitSystem::openrc);
    CHECK(look({}).init == InitSystem::unknown);
}

}  // namespace
}  // namespace guestprep
