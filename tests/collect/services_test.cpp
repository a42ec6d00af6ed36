// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/services.h"

#include "tests/support/catch.h"
#include "tests/support/fake_host.h"

namespace guestprep {
namespace {

constexpr auto kUnits = "/usr/lib/systemd/system/";

/// A system as a distribution ships it: targets, sshd with its files, nothing enabled.
FakeHost systemd_host() {
    FakeHost fake;
    const auto unit = [&](const std::string& name, std::string text) {
        fake.files.file(kUnits + name, std::move(text));
    };
    fake.files.file("/usr/lib/systemd/systemd", "ELF");
    fake.files.link("/sbin/init", "../usr/lib/systemd/systemd");
    fake.files.link(std::string(kUnits) + "default.target", "graphical.target");
    unit("graphical.target", "[Unit]\nRequires=multi-user.target\nWants=display-manager.service\n");
    unit("multi-user.target", "[Unit]\nRequires=basic.target\n");
    unit("basic.target", "[Unit]\nRequires=sysinit.target\nWants=sockets.target timers.target\n");
    unit("sysinit.target", "[Unit]\n");
    unit("sockets.target", "[Unit]\n");
    unit("rescue.target", "[Unit]\nRequires=sysinit.target rescue.service\n");
    unit("sshd.service",
         "[Unit]\nWants=sshd-keygen.target\n[Service]\nExecStart=/usr/sbin/sshd -D\n"
         "[Install]\nWantedBy=multi-user.target\n");
    unit("sshd-keygen.target", "[Unit]\nWants=sshd-keygen@rsa.service\n");
    unit("sshd-keygen@.service", "[Service]\nExecStart=/usr/libexec/openssh/sshd-keygen %i\n");
    unit("sshd.socket", "[Socket]\nListenStream=22\n[Install]\nWantedBy=sockets.target\n");
    unit("plymouth.service", "[Service]\nExecStart=/bin/true\n");
    return fake;
}

Enablement state_of(const FakeHost& fake, std::string_view name) {
    return BootServices(fake.host()).state(name).state;
}

constexpr auto kWanted = "/etc/systemd/system/multi-user.target.wants/sshd.service";
constexpr auto kShipped = "/usr/lib/systemd/system/sshd.service";

TEST_CASE("services, systemd: a link in the wants of a booted target enables") {
    auto fake = systemd_host();
    CHECK(BootServices(fake.host()).init() == InitSystem::systemd);
    CHECK(state_of(fake, "sshd") == Enablement::disabled);
    fake.files.link(kWanted, kShipped);
    const auto state = BootServices(fake.host()).state("sshd");
    CHECK(state.state == Enablement::enabled);
    CHECK(state.evidence == kWanted);
    CHECK(state_of(fake, "plymouth") == Enablement::fixed);
    CHECK(state_of(fake, "nothing") == Enablement::absent);
}

TEST_CASE("services, systemd: wants of a target that is not booted do not count") {
    auto fake = systemd_host();
    fake.files.link(kWanted, kShipped);
    fake.files.link("/etc/systemd/system/default.target", "/usr/lib/systemd/system/rescue.target");
    CHECK(state_of(fake, "sshd") == Enablement::disabled);
}

TEST_CASE("services, systemd: dependencies of dependencies start, instances of templates too") {
    auto fake = systemd_host();
    CHECK(state_of(fake, "sshd-keygen@rsa.service") == Enablement::fixed);
    fake.files.link(kWanted, kShipped);
    CHECK(state_of(fake, "sshd-keygen@rsa.service") == Enablement::enabled);
    CHECK(state_of(fake, "sshd-keygen@dsa.service") == Enablement::fixed);
}

TEST_CASE("services, systemd: masks are links to /dev/null or empty files, and win over wants") {
    for (const bool empty_file : {false, true}) {
        auto fake = systemd_host();
        fake.files.link(kWanted, kShipped);
        if (empty_file)
            fake.files.file("/etc/systemd/system/sshd.service", "");
        else
            fake.files.link("/etc/systemd/system/sshd.service", "/dev/null");
        const auto state = BootServices(fake.host()).state("sshd.service");
        CHECK(state.state == Enablement::masked);
        CHECK(state.evidence == "/etc/systemd/system/sshd.service");
    }
}

TEST_CASE("services, systemd: a mask in /run is gone at the next boot") {
    auto fake = systemd_host();
    fake.files.link(kWanted, kShipped);
    fake.files.link("/run/systemd/system/sshd.service", "/dev/null");
    CHECK(state_of(fake, "sshd") == Enablement::enabled);
}

TEST_CASE("services, systemd: generators' units count on the running system only") {
    auto fake = systemd_host();
    fake.files.link("/run/systemd/generator/multi-user.target.wants/sshd.service", kShipped);
    CHECK(state_of(fake, "sshd") == Enablement::enabled);
    fake.running = false;
    CHECK(state_of(fake, "sshd") == Enablement::disabled);
}

TEST_CASE("services, systemd: an alias is the unit it names") {
    auto fake = systemd_host();  // Debian: the unit is ssh.service, sshd.service an alias
    fake.files.file("/usr/lib/systemd/system/ssh.service", "[Install]\nAlias=sshd.service\n");
    fake.files.link("/etc/systemd/system/sshd.service", "/lib/systemd/system/ssh.service");
    CHECK(state_of(fake, "sshd") == Enablement::disabled);
    fake.files.link("/etc/systemd/system/multi-user.target.wants/ssh.service",
                    "/lib/systemd/system/ssh.service");
    CHECK(state_of(fake, "sshd") == Enablement::enabled);
    CHECK(state_of(fake, "ssh") == Enablement::enabled);
}

TEST_CASE("services, systemd: a wants folder under an alias belongs to the unit") {
    auto fake = systemd_host();
    fake.files.link("/etc/systemd/system/default.target.wants/sshd.service", kShipped);
    CHECK(state_of(fake, "sshd") == Enablement::enabled);
}

TEST_CASE("services, systemd: a wants link to a unit that is gone starts nothing") {
    auto fake = systemd_host();
    fake.files.link("/etc/systemd/system/multi-user.target.wants/gone.service",
                    "/usr/lib/systemd/system/gone.service");
    CHECK(state_of(fake, "gone") == Enablement::absent);
}

TEST_CASE("services, systemd: a unit in /etc stands for the shipped one") {
    auto fake = systemd_host();
    fake.files.file("/etc/systemd/system/sshd.service", "[Service]\nExecStart=/bin/x\n");
    CHECK(state_of(fake, "sshd") == Enablement::fixed);
}

TEST_CASE("services, systemd: drop-ins add dependencies") {
    auto fake = systemd_host();
    fake.files.file("/etc/systemd/system/multi-user.target.d/x.conf",
                    "[Unit]\nWants=sshd.service\n");
    CHECK(state_of(fake, "sshd") == Enablement::enabled);
}

TEST_CASE("services, systemd: an enabled socket is told where its service is asked for") {
    auto fake = systemd_host();
    fake.files.link("/etc/systemd/system/sockets.target.wants/sshd.socket",
                    "/usr/lib/systemd/system/sshd.socket");
    CHECK(state_of(fake, "sshd.socket") == Enablement::enabled);
    const auto service = BootServices(fake.host()).state("sshd.service");
    CHECK(service.state == Enablement::disabled);
    CHECK(service.note == "started by sshd.socket");
}

TEST_CASE("services, systemd: a condition on a file under /etc holds a unit back") {
    auto fake = systemd_host();
    fake.files.file(kShipped,
                    "[Unit]\nConditionPathExists=!/etc/ssh/sshd_not_to_be_run\n"
                    "[Install]\nWantedBy=multi-user.target\n");
    fake.files.link(kWanted, kShipped);
    CHECK(BootServices(fake.host()).state("sshd").starts());
    fake.files.file("/etc/ssh/sshd_not_to_be_run", "");
    const auto state = BootServices(fake.host()).state("sshd");
    CHECK(state.state == Enablement::enabled);
    CHECK(state.held_back);
    CHECK_FALSE(state.starts());
}

TEST_CASE("services, systemd: init scripts without a unit count, native units hide them") {
    auto fake = systemd_host();
    fake.files.file("/etc/init.d/network", "#!/bin/sh\n", 0755);
    CHECK(state_of(fake, "network") == Enablement::disabled);
    fake.files.link("/etc/rc.d/rc3.d/S10network", "/etc/init.d/network");
    CHECK(state_of(fake, "network.service") == Enablement::enabled);
    fake.files.file("/etc/init.d/sshd", "#!/bin/sh\n", 0755);
    fake.files.link("/etc/rc.d/rc3.d/S55sshd", "/etc/init.d/sshd");
    CHECK(state_of(fake, "sshd") == Enablement::disabled);
}

TEST_CASE("services, systemd: a disk with nothing but /etc is judged by its links") {
    FakeHost fake;
    fake.running = false;
    fake.files.file("/etc/systemd/system/sshd.service", "[Install]\nWantedBy=multi-user.target\n");
    fake.files.link(kWanted, "../sshd.service");
    const BootServices services(fake.host(), InitSystem::systemd);
    CHECK(services.state("sshd").state == Enablement::enabled);
}

TEST_CASE("services, systemd: loops of aliases and of wants end") {
    auto fake = systemd_host();
    fake.files.link("/etc/systemd/system/a.service", "b.service");
    fake.files.link("/etc/systemd/system/b.service", "a.service");
    fake.files.file("/etc/systemd/system/c.service", "[Unit]\nWants=d.service\n");
    fake.files.file("/etc/systemd/system/d.service", "[Unit]\nWants=c.service\n");
    fake.files.link("/etc/systemd/system/multi-user.target.wants/c.service", "../c.service");
    CHECK(state_of(fake, "a") == Enablement::absent);
    CHECK(state_of(fake, "d") == Enablement::enabled);
}

TEST_CASE("services, systemd: folders that cannot be read make every answer unknown") {
    auto fake = systemd_host();
    fake.files.file("/etc/systemd/system/x.service", "");
    fake.files.deny("/etc/systemd/system");
    CHECK(state_of(fake, "sshd") == Enablement::unknown);
}

TEST_CASE("services, SysV: start links of the default runlevel decide") {
    FakeHost fake;  // RHEL 5
    fake.files.file("/sbin/init", "ELF");
    fake.files.file("/etc/inittab", "# id:5:initdefault:\nid:3:initdefault:\n");
    fake.files.file("/etc/rc.d/init.d/sshd", "#!/bin/sh\n", 0755);
    fake.files.link("/etc/rc.d/rc5.d/S55sshd", "../init.d/sshd");
    fake.files.link("/etc/rc.d/rc3.d/K25sshd", "../init.d/sshd");
    CHECK(BootServices(fake.host()).init() == InitSystem::sysv);
    CHECK(state_of(fake, "sshd") == Enablement::disabled);
    fake.files.link("/etc/rc.d/rc3.d/S55sshd", "../init.d/sshd");
    CHECK(BootServices(fake.host()).state("sshd.service").evidence == "/etc/rc.d/rc3.d/S55sshd");
    CHECK(state_of(fake, "sshd.socket") == Enablement::absent);
    CHECK(state_of(fake, "shd") == Enablement::absent);
}

TEST_CASE("services, SysV: SUSE keeps the links below init.d, Debian boots into runlevel 2") {
    FakeHost suse;
    suse.files.file("/sbin/init", "ELF").file("/etc/inittab", "id:5:initdefault:\n");
    suse.files.file("/etc/init.d/sshd", "").link("/etc/init.d/rc5.d/S10sshd", "../sshd");
    suse.files.file("/etc/init.d/SuSEfirewall2_init", "");
    suse.files.link("/etc/init.d/boot.d/S09SuSEfirewall2_init", "../SuSEfirewall2_init");
    CHECK(state_of(suse, "sshd") == Enablement::enabled);
    CHECK(state_of(suse, "SuSEfirewall2_init") == Enablement::enabled);
    FakeHost debian;
    debian.files.file("/sbin/init", "ELF").file("/etc/debian_version", "6.0.8\n");
    debian.files.file("/etc/init.d/ssh", "").link("/etc/rc2.d/S16ssh", "../init.d/ssh");
    CHECK(state_of(debian, "ssh") == Enablement::enabled);
    constexpr std::string_view kNames[] = {"sshd", "ssh"};
    CHECK(BootServices(debian.host()).first_of(kNames).name == "ssh");
}

TEST_CASE("services, SysV: a start link whose script is gone starts nothing") {
    FakeHost fake;
    fake.files.file("/sbin/init", "ELF").file("/etc/inittab", "id:3:initdefault:\n");
    fake.files.link("/etc/rc.d/rc3.d/S55sshd", "../init.d/sshd");
    CHECK(state_of(fake, "sshd") == Enablement::absent);
}

FakeHost upstart_host(std::string job) {
    FakeHost fake;
    fake.files.file("/sbin/init", "ELF").file("/sbin/initctl", "ELF");
    fake.files.file("/etc/init/rc-sysinit.conf", "env DEFAULT_RUNLEVEL=2\n");
    fake.files.file("/etc/init/ssh.conf", std::move(job));
    return fake;
}

TEST_CASE("services, upstart: a job with a start event is enabled") {
    CHECK(BootServices(upstart_host("").host()).init() == InitSystem::upstart);
    CHECK(state_of(upstart_host("description \"x\"\nstart on runlevel [2345]\n"), "ssh") ==
          Enablement::enabled);
    CHECK(state_of(upstart_host("start on (filesystem\n  and runlevel [2345])\n"), "ssh") ==
          Enablement::enabled);
    CHECK(state_of(upstart_host("start on runlevel [!016]\n"), "ssh") == Enablement::enabled);
    CHECK(state_of(upstart_host("start on runlevel [016]\n"), "ssh") == Enablement::disabled);
    CHECK(state_of(upstart_host("stop on runlevel [016]\n"), "ssh") == Enablement::disabled);
    CHECK(state_of(upstart_host("#start on runlevel [2]\n"), "ssh") == Enablement::disabled);
}

TEST_CASE("services, upstart: manual turns a job off, in the job or in its override") {
    CHECK(state_of(upstart_host("start on runlevel [2]\nmanual\n"), "ssh") == Enablement::disabled);
    auto fake = upstart_host("start on runlevel [2345]\n");
    fake.files.file("/etc/init/ssh.override", "manual\n");
    const auto state = BootServices(fake.host()).state("ssh");
    CHECK(state.state == Enablement::disabled);
    CHECK(state.evidence == "/etc/init/ssh.override");
}

TEST_CASE("services, upstart: words inside a script are no stanzas") {
    CHECK(state_of(upstart_host("pre-start script\n  manual\n start on boot\nend script\n"),
                   "ssh") == Enablement::disabled);
    CHECK(state_of(upstart_host("start on boot\nscript\n  manual\nend script\n"), "ssh") ==
          Enablement::enabled);
}

TEST_CASE("services, upstart: init scripts start as well") {
    FakeHost fake;  // RHEL 6
    fake.files.file("/sbin/init", "ELF").file("/sbin/initctl", "ELF");
    fake.files.file("/etc/init/rc.conf", "").file("/etc/inittab", "id:3:initdefault:\n");
    fake.files.file("/etc/rc.d/init.d/sshd", "");
    CHECK(state_of(fake, "sshd") == Enablement::disabled);
    fake.files.link("/etc/rc.d/rc3.d/S55sshd", "../init.d/sshd");
    CHECK(state_of(fake, "sshd") == Enablement::enabled);
}

TEST_CASE("services, OpenRC: links in the runlevels that boot") {
    FakeHost fake;
    fake.files.link("/sbin/init", "/bin/busybox").file("/bin/busybox", "ELF");
    fake.files.file("/sbin/openrc", "ELF").file("/etc/init.d/sshd", "");
    fake.files.directory("/etc/runlevels/default");
    CHECK(BootServices(fake.host()).init() == InitSystem::openrc);
    CHECK(state_of(fake, "sshd") == Enablement::disabled);
    fake.files.link("/etc/runlevels/default/sshd", "/etc/init.d/sshd");
    CHECK(state_of(fake, "sshd") == Enablement::enabled);
}

TEST_CASE("services: an unknown init system gives unknown, not disabled") {
    const FakeHost fake;
    CHECK(BootServices(fake.host()).init() == InitSystem::unknown);
    CHECK(state_of(fake, "sshd") == Enablement::unknown);
}

TEST_CASE("services: Debian with SysV init and systemd beside it boots SysV") {
    FakeHost fake;
    fake.files.file("/sbin/init", "ELF").file("/lib/systemd/systemd", "ELF");
    fake.files.file("/etc/inittab", "id:2:initdefault:\n");
    CHECK(init_system_of(fake.files) == InitSystem::sysv);
}

}  // namespace
}  // namespace guestprep
