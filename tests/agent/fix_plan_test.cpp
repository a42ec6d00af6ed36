// SPDX-License-Identifier: Apache-2.0
#include "agent/fix_plan.h"

#include <algorithm>

#include "tests/support/catch.h"
#include "tests/support/fixtures.h"
#include "tests/support/grub_hosts.h"
#include "tests/support/network_hosts.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

constexpr const char* kFstab = "UUID=1 / ext4 defaults 0 1\nnas:/v /v nfs rw 0 0\n";

/// EL 9 by GRUB 2, whose one interface has a predictable name.
FakeHost guest() {
    auto host = el9_host();
    host.files.file("/etc/fstab", kFstab);
    host.files.file("/etc/default/grub", "GRUB_CMDLINE_LINUX=\"quiet\"\n");
    host.files.file("/boot/vmlinuz-5", "kernel").file("/boot/initramfs-5", "i");
    host.files.file("/boot/grub2/grub.cfg", generated_grub_cfg("root=UUID=1 ro quiet"));
    host.files.file("/boot/grub2/i386-pc/core.img", "");
    host.files.file("/etc/NetworkManager/system-connections/a.nmconnection",
                    "[connection]\nid=ens192\ntype=ethernet\ninterface-name=ens192\n[ipv4]\n"
                    "method=auto\n",
                    0600);
    return host;
}

FixPlan plan(const FakeHost& host, const FixChoice& choice) {
    auto planned = plan_fixes(host.host(), profile_2026(), {}, choice);
    INFO((planned ? "" : planned.error().message));
    REQUIRE(planned);
    return std::move(*planned);
}

bool edits(const FixPlan& plan, std::string_view path) {
    return std::ranges::any_of(plan.changes, [&](const PlannedChange& change) {
        const auto* edit = std::get_if<FileEdit>(&change.change);
        return edit != nullptr && edit->path.str() == path;
    });
}

TEST_CASE("plan: opt-in fixers are asked only when they are named, by glob too") {
    CHECK_FALSE(edits(plan(guest(), {}), "/etc/fstab"));
    const auto named = plan(guest(), {.include = {"linux-fstab-*"}});
    CHECK(edits(named, "/etc/fstab"));
    CHECK(named.foreseen.storage.fstab->text ==
          "UUID=1 / ext4 defaults 0 1\n"
          "nas:/v /v nfs rw,nofail,_netdev 0 0\n");
    CHECK(named.before.storage.fstab->text == kFstab);
}

TEST_CASE("plan: what is masked is unmasked by a fixer that --include names, a safe one too") {
    auto host = guest();
    const std::string mask = "/etc/systemd/system/sshd.service";
    host.files.file("/usr/sbin/sshd", "ELF", 0755)
        .file("/etc/ssh/sshd_config", "Port 22\n")
        .file("/usr/lib/systemd/system/sshd.service", "[Install]\nWantedBy=multi-user.target\n")
        .link(mask, "/dev/null");
    const auto unmasks = [&](const FixChoice& choice) {
        const auto planned = plan(host, choice);
        return std::ranges::any_of(planned.changes, [&](const PlannedChange& change) {
            const auto* link = std::get_if<LinkEdit>(&change.change);
            return link != nullptr && link->path.str() == mask && !link->after;
        });
    };
    CHECK_FALSE(unmasks({}));
    CHECK(unmasks({.include = {"linux-ssh-*"}}));
}

TEST_CASE("plan: --only keeps the fixers of other checks out") {
    JudgeOptions options;
    options.only = {"linux-grub-default"};
    const auto planned =
        plan_fixes(guest().host(), profile_2026(), options, {.include = {"linux-fstab-*"}});
    REQUIRE(planned);
    CHECK(planned->changes.empty());
}

TEST_CASE("plan: commands come last; what they will do is not foreseen, and holds nothing up") {
    const auto planned = plan(guest(), {.include = {"linux-predictable-ifnames", "linux-fstab-*"}});
    CHECK(edits(planned, "/etc/default/grub"));
    REQUIRE_FALSE(planned.changes.empty());
    const auto* command = std::get_if<CommandStep>(&planned.changes.back().change);
    REQUIRE(command != nullptr);
    CHECK(command->argv.front() == "grub2-mkconfig");
}

TEST_CASE("plan: where commands cannot run, a fixer that needs one is left out as a whole") {
    const auto planned = plan(guest(), {.include = {"linux-predictable-ifnames", "linux-fstab-*"},
                                        .commands = CommandPlace::nowhere});
    CHECK_FALSE(edits(planned, "/etc/default/grub"));
    CHECK_FALSE(edits(planned, "/etc/NetworkManager/system-connections/a.nmconnection"));
    CHECK(edits(planned, "/etc/fstab"));
    CHECK(planned.left.size() == 1);
}

/// Debian whose initramfs lacks Xen's driver and is built for the machine at hand.
FakeHost debian_with_lean_initramfs() {
    auto host = debian_host();
    // The image holds the drivers of another kernel.
    const std::string version = "6.1.0-99-amd64";
    host.files.file("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n");
    host.files.file("/boot/vmlinuz-" + version, "kernel")
        .file("/boot/initrd.img-" + version, own_fixture("boot/plain.img"))
        .file("/boot/grub/i386-pc/core.img", "")
        .file("/boot/grub/grub.cfg", "menuentry 'Linux' {\n\tlinux /boot/vmlinuz-" + version +
                                         " root=UUID=1 ro\n\tinitrd /boot/initrd.img-" + version +
                                         "\n}\n")
        .file("/lib/modules/" + version + "/modules.dep", "kernel/drivers/block/xen-blkfront.ko:\n")
        .file("/usr/sbin/update-initramfs", "#!/bin/sh\n", 0755)
        .file("/etc/initramfs-tools/initramfs.conf", "MODULES=dep\n");
    return host;
}

TEST_CASE("plan: in a directory commands run, but for those that look at their machine") {
    const auto host = debian_with_lean_initramfs();
    const auto commands = [&](CommandPlace place) {
        return plan(host, {.include = {"linux-initramfs-xen"}, .commands = place});
    };
    const auto builds = [](const FixPlan& plan) {
        return std::ranges::any_of(plan.changes, [](const PlannedChange& change) {
            return std::holds_alternative<CommandStep>(change.change);
        });
    };
    CHECK(builds(commands(CommandPlace::running_system)));
    CHECK_FALSE(builds(commands(CommandPlace::directory)));
    CHECK(commands(CommandPlace::directory).left.size() == 1);
    CHECK_FALSE(edits(commands(CommandPlace::directory), "/etc/initramfs-tools/modules"));
    // A generator works on the files below its root.
    CHECK(edits(plan(guest(), {.include = {"linux-predictable-ifnames"},
                               .commands = CommandPlace::directory}),
                "/etc/default/grub"));
}

/// Ubuntu by GRUB 2, whose one interface has a predictable name and its address by netplan.
FakeHost ubuntu() {
    auto host = networkd_host();
    host.files.file("/etc/os-release", "ID=ubuntu\nVERSION_ID=\"22.04\"\nID_LIKE=debian\n");
    host.files.file("/etc/default/grub", "GRUB_CMDLINE_LINUX=\"quiet\"\n");
    host.files.file("/boot/vmlinuz-5", "kernel").file("/boot/initrd.img-5", "i");
    host.files.file("/boot/grub/grub.cfg",
                    generated_grub_cfg("root=UUID=1 ro quiet", "/boot/initrd.img-5"));
    host.files.file("/boot/grub/i386-pc/core.img", "");
    host.files.file("/etc/netplan/a.yaml",
                    "network:\n  ethernets:\n    ens192:\n      dhcp4: true\n");
    return host;
}

TEST_CASE("plan: what only a command completes is not taken for harm beforehand") {
    const auto planned = plan(ubuntu(), {.include = {"linux-predictable-ifnames"}});
    CHECK(edits(planned, "/etc/netplan/a.yaml"));
    CHECK(edits(planned, "/etc/default/grub"));
}

TEST_CASE("possible fixes: what a fixer would do something for, by the least that has to be said") {
    auto host = debian_host();
    host.files.file("/etc/network/interfaces",
                    "auto eth0\niface eth0 inet static\n\taddress 192.168.0.2/24\n");
    CHECK(possible_fixes(plan(host, {}).before).at("net-static-to-dhcp-linux") == "opt-in");
    host.files.file("/etc/network/interfaces", "auto eth0\niface eth0 inet dhcp\n");
    CHECK_FALSE(possible_fixes(plan(host, {}).before).contains("net-static-to-dhcp-linux"));
    // No key, and none is given: nothing can be done without being asked.
    CHECK_FALSE(possible_fixes(plan(host, {}).before).contains("linux-ssh-key-user"));
}

TEST_CASE("possible fixes: a service that is masked is switched on only by name") {
    auto host = debian_host();
    const std::string unit = "/lib/systemd/system/ssh.service";
    host.files.file("/usr/sbin/sshd", "ELF", 0755).file("/etc/ssh/sshd_config", "");
    host.files.file(
        unit, "[Service]\nExecStart=/usr/sbin/sshd -D\n[Install]\nWantedBy=multi-user.target\n");
    CHECK(possible_fixes(plan(host, {}).before).at("linux-ssh-enabled") == "safe");
    host.files.link("/etc/systemd/system/ssh.service", "/dev/null");
    CHECK(possible_fixes(plan(host, {}).before).at("linux-ssh-enabled") == "opt-in");
}

TEST_CASE("way in: what passed and does not any more is named; the rest does not count") {
    auto host = debian_host();
    host.files.file("/etc/network/interfaces", "auto eth0\niface eth0 inet dhcp\n");
    const auto before = plan(host, {}).before;
    CHECK(leaves_a_way_in(before, before, profile_2026(), {}));
    auto after = before;
    for (auto& config : after.network.interfaces) config.names = {"eth9"};
    const auto worse = leaves_a_way_in(before, after, profile_2026(), {});
    REQUIRE_FALSE(worse);
    CHECK(worse.error().message.find("would no longer pass") != std::string::npos);
    // The other way round nothing is lost.
    CHECK(leaves_a_way_in(after, before, profile_2026(), {}));
}

}  // namespace
}  // namespace guestprep
