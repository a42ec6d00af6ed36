// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/collect.h"
#include "agent/facts/facts_json.h"
#include "tests/support/catch.h"
#include "tests/support/fake_host.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

using Texts = std::vector<std::string>;

Facts look(const FakeHost& host) {
    Facts facts;
    facts.os.firmware = Firmware::bios;
    collect_boot(host.host(), facts);
    return facts;
}

std::string bzimage(const std::string& version) {
    std::string image(0x3000, 'x');
    image.replace(0x202, 4, "HdrS");
    image[0x20e] = '\x00';
    image[0x20f] = '\x20';
    image.replace(0x2200, version.size() + 12, version + " (root@x) #1\0");
    return image;
}

std::string environment(std::string text) {
    text.insert(0, "# GRUB Environment Block\n");
    text.resize(1024, '#');
    return text;
}

constexpr auto kBlsCfg = R"(
if [ -f ${config_directory}/grubenv ]; then
  load_env -f ${config_directory}/grubenv
elif [ -s $prefix/grubenv ]; then
  load_env
fi
set default="${saved_entry}"
if [ -z "${kernelopts}" ]; then
  set kernelopts="root=/dev/mapper/fallback ro "
fi
set timeout=5
insmod blscfg
blscfg
menuentry 'UEFI Firmware Settings' { fwsetup }
)";

FakeHost red_hat_9() {
    FakeHost host;
    const auto kernel = [&](const std::string& version) {
        host.files.file("/boot/vmlinuz-" + version, bzimage(version))
            .file("/boot/initramfs-" + version + ".img", "image")
            .file("/lib/modules/" + version + "/kernel/x", "")
            .file("/lib/modules/" + version + "/modules.dep",
                  "kernel/drivers/nvme/host/nvme.ko.xz: kernel/drivers/nvme/host/nvme-core.ko.xz\n"
                  "kernel/drivers/nvme/host/nvme-core.ko.xz:\nkernel/net/ena.c:\n")
            .file("/lib/modules/" + version + "/modules.builtin",
                  "kernel/drivers/block/xen-blkfront.ko\n")
            .file("/boot/config-" + version, "CONFIG_X=y\nCONFIG_ENA_ETHERNET=y\n")
            .file("/boot/loader/entries/m-" + version + ".conf",
                  "title RHEL (" + version + ")\nversion " + version + "\nlinux /vmlinuz-" +
                      version + "\ninitrd /initramfs-" + version +
                      ".img $tuned_initrd\noptions $kernelopts $tuned_params\n"
                      "grub_users $grub_users\n");
    };
    kernel("5.14.0-70.el9.x86_64");
    kernel("5.14.0-427.el9.x86_64");
    host.files.file("/boot/loader/entries/readme.txt", "linux /no")
        .file("/boot/grub2/grub.cfg", kBlsCfg)
        .directory("/boot/grub2/i386-pc")
        .file("/boot/grub2/grubenv",
              environment("saved_entry=m-5.14.0-70.el9.x86_64\n"
                          "kernelopts=root=UUID=1 ro rd.iscsi.password=pw1\n"));
    host.commands.on("rpm -qf --qf %{NAME}\\t%{VENDOR}\\n /boot/vmlinuz-5.14.0-70.el9.x86_64",
                     {0, "kernel-core\tRed Hat, Inc.\n", ""});
    return host;
}

TEST_CASE("boot: loader entries, the saved default, its kernel and drivers") {
    const auto facts = look(red_hat_9());
    const auto& boot = facts.boot;
    REQUIRE(boot.default_boot);
    REQUIRE(boot.entries.size() == 3);
    CHECK(boot.entries[0].id == "m-5.14.0-427.el9.x86_64");
    CHECK(boot.default_boot->entry == 1);
    const auto& entry = *boot.default_entry();
    CHECK(entry.where == "/boot/loader/entries/m-5.14.0-70.el9.x86_64.conf:1");
    CHECK(entry.command_line_where == "/boot/loader/entries/m-5.14.0-70.el9.x86_64.conf:5");
    CHECK(entry.command_line == "root=UUID=1 ro rd.iscsi.password=***");
    CHECK(entry.kernel.path == "/boot/vmlinuz-5.14.0-70.el9.x86_64");
    CHECK(entry.kernel.size);
    CHECK(entry.initrds.size() == 1);
    CHECK(boot.uses_bls);
    CHECK(boot.default_is_saved);
    CHECK(boot.timeout.value() == "5");
    REQUIRE(boot.kernel);
    CHECK(boot.kernel->version == "5.14.0-70.el9.x86_64");
    CHECK(boot.kernel->header_version == "5.14.0-70.el9.x86_64");
    CHECK(boot.kernel->has_modules_folder);
    CHECK(boot.kernel->modules->loadable == Texts{"nvme", "nvme_core"});
    CHECK(boot.kernel->modules->built_in == Texts{"xen_blkfront", "ena"});
    CHECK(boot.kernel->package->vendor == "Red Hat, Inc.");
    CHECK(boot.installed_kernels.size() == 2);
    CHECK(facts_to_json(facts).find("pw1") == std::string::npos);
    CHECK(facts_from_json(facts_to_json(facts)));
}

TEST_CASE("boot: without a block the newest entry starts, with the fallback options") {
    auto host = red_hat_9();
    host.files.file("/boot/grub2/grubenv", std::string(1024, '#'));
    const auto boot = look(host).boot;
    CHECK(boot.default_boot->entry == 0);
    CHECK(boot.default_entry()->command_line == "root=/dev/mapper/fallback ro");
    CHECK_FALSE(boot.environment->has_header);
}

TEST_CASE("boot: what may not be read is unknown, not absent") {
    auto host = red_hat_9();
    host.files.deny("/boot/grub2/grubenv");
    CHECK(look(host).boot.default_boot.error().code == Errc::access_denied);
    host = red_hat_9();
    host.files.deny("/boot/grub2/grub.cfg");
    const auto boot = look(host).boot;
    CHECK(boot.default_boot.error().code == Errc::access_denied);
    CHECK(boot.kernel.error().code == Errc::access_denied);
    CHECK_FALSE(boot.configs.at(0).unread.empty());
    host = red_hat_9();
    host.files.deny("/lib/modules/5.14.0-70.el9.x86_64/modules.dep");
    CHECK(look(host).boot.kernel->modules.error().code == Errc::access_denied);
}

TEST_CASE("boot: no configuration at all, and a folder that is closed") {
    CHECK(look({}).boot.default_boot.is_absent());
    FakeHost host;
    host.files.directory("/boot/grub2").deny("/boot/grub2");
    const auto boot = look(host).boot;
    CHECK(boot.unread_folders == Texts{"/boot/grub2"});
    CHECK(boot.default_boot.error().code == Errc::access_denied);
}

TEST_CASE("boot: Debian, its default entry in the environment's absence, dpkg's owner") {
    FakeHost host;
    host.files
        .file("/boot/grub/grub.cfg",
              "set default=\"0\"\nset timeout=5\nmenuentry 'Debian' {\n"
              " linux /boot/vmlinuz-6.1.0-28-amd64 root=UUID=x ro quiet\n"
              " initrd /boot/initrd.img-6.1.0-28-amd64\n}\n")
        .directory("/boot/grub/i386-pc")
        .file("/boot/vmlinuz-6.1.0-28-amd64", "")
        .file("/var/lib/dpkg/info/linux-image-6.1.0-28-amd64.list",
              "/.\n/boot\n/boot/vmlinuz-6.1.0-28-amd64\n")
        .file("/var/lib/dpkg/status",
              "Package: a\nMaintainer: X\n\nPackage: linux-image-6.1.0-28-amd64\nStatus: x\n"
              "Maintainer: Debian Kernel Team <d@x>\nVersion: 1\n\n");
    host.files.file(
        "/etc/default/grub",
        "GRUB_DEFAULT=0\nGRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\nGRUB_CMDLINE_LINUX=\"\"\n");
    host.running = false;
    const auto facts = look(host);
    const auto& boot = facts.boot;
    REQUIRE(boot.kernel);
    CHECK(boot.kernel->package->vendor == "Debian Kernel Team <d@x>");
    CHECK(boot.entries[0].initrds[0].size.is_absent());
    CHECK(boot.entries[0].command_line_where == "/boot/grub/grub.cfg:4");
    CHECK_FALSE(boot.default_is_saved);
    CHECK(boot.default_grub->at("GRUB_DEFAULT") == "0");
    REQUIRE(boot.other_command_lines.size() == 1);
    CHECK(boot.other_command_lines[0].text == "quiet");
    // A directory: the loader that is installed says what firmware it was for.
    CHECK(facts.os.firmware.value() == Firmware::bios);
    host.files.file("/var/lib/dpkg/info/linux-image-6.1.0-28-amd64.list", "/.\n");
    CHECK(look(host).boot.kernel->package.is_absent());
}

TEST_CASE("boot: whose the kernel is cannot be told without a list of packages") {
    FakeHost host;
    host.files
        .file("/boot/grub/grub.cfg",
              "menuentry 'Linux' {\n linux /boot/vmlinuz-6.1.0 root=UUID=x\n}\n")
        .directory("/boot/grub/i386-pc")
        .file("/boot/vmlinuz-6.1.0", "");
    for (const bool running : {false, true}) {
        host.running = running;
        const auto boot = look(host).boot;
        REQUIRE(boot.kernel);
        CHECK(boot.kernel->package.error().code == Errc::unsupported);
    }
}

TEST_CASE("boot: Debian's folder of settings is laid over the file, in its order") {
    FakeHost host;
    host.files.file("/etc/default/grub", "GRUB_TIMEOUT=1\nGRUB_DEFAULT=0\n")
        .file("/etc/default/grub.d/20-b.cfg", "GRUB_TIMEOUT=3\n")
        .file("/etc/default/grub.d/10-a.cfg",
              "GRUB_TIMEOUT=2\nGRUB_CMDLINE_LINUX=\"root=/dev/vda1\"")
        .file("/etc/default/grub.d/30-c.cfg.bak", "GRUB_TIMEOUT=4\n");
    host.running = false;
    const auto look_as = [&](const char* family) {
        Facts facts;
        facts.os.distribution = Distribution{};
        facts.os.distribution->family = family;
        collect_boot(host.host(), facts);
        return facts.boot;
    };
    const auto boot = look_as("debian");
    CHECK(boot.default_grub->at("GRUB_TIMEOUT") == "3");
    CHECK(boot.default_grub->at("GRUB_DEFAULT") == "0");
    REQUIRE(boot.other_command_lines.size() == 1);
    CHECK(boot.other_command_lines[0].where ==
          "/etc/default/grub.d/10-a.cfg:2: GRUB_CMDLINE_LINUX");
    host.files.deny("/etc/default/grub.d/20-b.cfg");
    CHECK(look_as("debian").default_grub.error().code == Errc::access_denied);
    // Red Hat's and SUSE's generators read the file alone.
    CHECK(look_as("rhel").default_grub->at("GRUB_TIMEOUT") == "1");
}

TEST_CASE("boot: GRUB legacy of RHEL 5 on a boot partition, menu.lst a link") {
    FakeHost host;
    host.files
        .file(
            "/boot/grub/grub.conf",
            "default=1\ntimeout=5\ntitle Red Hat (2.6.18-398.el5xen)\n\troot (hd0,0)\n"
            "\tkernel /xen.gz-2.6.18-398.el5\n\tmodule /vmlinuz-2.6.18-398.el5xen ro root=LABEL=/\n"
            "\tmodule /initrd-2.6.18-398.el5xen.img\n"
            "title Red Hat (2.6.18-398.el5)\n\troot (hd0,0)\n"
            "\tkernel /vmlinuz-2.6.18-398.el5 ro root=LABEL=/\n\tinitrd "
            "/initrd-2.6.18-398.el5.img\n")
        .link("/boot/grub/menu.lst", "./grub.conf")
        .file("/boot/grub/stage2", "")
        .file("/boot/vmlinuz-2.6.18-398.el5", bzimage("2.6.18-398.el5"))
        .file("/boot/initrd-2.6.18-398.el5.img", "x")
        .file("/boot/config-2.6.18-398.el5", "CONFIG_XEN_BLKDEV_FRONTEND=m\n")
        .file("/lib/modules/2.6.18-398.el5/modules.dep",
              "/lib/modules/2.6.18-398.el5/kernel/drivers/xenpv_hvm/blkfront/xen-vbd.ko: x\n");
    const auto boot = look(host).boot;
    REQUIRE(boot.configs.size() == 2);
    CHECK(boot.configs[0].is_used);
    CHECK(boot.configs[1].same_as == "/boot/grub/grub.conf");
    REQUIRE(boot.kernel);
    CHECK(boot.kernel->version == "2.6.18-398.el5");
    CHECK(boot.kernel->modules->loadable == Texts{"xen_vbd"});
    CHECK(boot.kernel->modules->built_in.empty());
    CHECK(boot.entries[0].hypervisor == "/xen.gz-2.6.18-398.el5");
    CHECK(boot.kernel->package.error().code == Errc::unsupported);
}

TEST_CASE("boot: paths with a btrfs subvolume, links, and a kernel without a version in its name") {
    FakeHost host;
    host.files
        .file("/boot/grub2/grub.cfg",
              "menuentry 'S' {\n linux /@/boot/vmlinuz root=UUID=1\n initrd /@/boot/initrd\n}\n")
        .file("/boot/vmlinuz-4.4.21-69-default", bzimage("4.4.21-69-default"))
        .link("/boot/vmlinuz", "vmlinuz-4.4.21-69-default")
        .file("/boot/initrd-4.4.21-69-default", "x")
        .link("/boot/initrd", "initrd-4.4.21-69-default");
    auto boot = look(host).boot;
    REQUIRE(boot.kernel);
    CHECK(boot.kernel->path == "/boot/vmlinuz-4.4.21-69-default");
    CHECK(boot.kernel->version == "4.4.21-69-default");
    CHECK(boot.entries[0].initrds[0].path == "/boot/initrd-4.4.21-69-default");
    CHECK(boot.timeout.value() == "-1");
    host.files.file("/boot/vmlinuz", bzimage("6.9.1-arch1-1"));
    boot = look(host).boot;
    CHECK(boot.kernel->version == "6.9.1-arch1-1");
    CHECK(boot.kernel->version_source == "/boot/vmlinuz, header");
    CHECK_FALSE(boot.kernel->has_modules_folder);
}

TEST_CASE("boot: UEFI reads the configuration on its partition, unless that is a stub") {
    const std::string menu = "menuentry a { linux /vmlinuz-1.0 root=UUID=1\n}\n";
    FakeHost host;
    host.files.file("/boot/efi/EFI/redhat/grub.cfg", menu + "# efi")
        .file("/boot/efi/EFI/redhat/grubx64.efi", "MZ")
        .file("/boot/grub2/grub.cfg", menu);
    host.running = false;
    auto facts = look(host);
    CHECK(facts.os.firmware.value() == Firmware::uefi);
    CHECK(facts.boot.default_boot->where == "/boot/efi/EFI/redhat/grub.cfg");
    host.files.file("/boot/efi/EFI/redhat/grub.cfg",
                    "search --fs-uuid --set=dev 1\nset prefix=($dev)/grub2\nexport $prefix\n"
                    "configfile $prefix/grub.cfg\n");
    facts = look(host);
    CHECK(facts.boot.default_boot->where == "/boot/grub2/grub.cfg");
    CHECK(facts.boot.configs.at(1).is_stub);
}

TEST_CASE("boot: the initramfs of the default entry, for its own kernel only") {
    auto host = red_hat_9();
    const std::string kernel = "5.14.0-70.el9.x86_64";
    host.files.file("/boot/initramfs-" + kernel + ".img", own_fixture("boot/plain.img"));
    auto initramfs = look(host).boot.kernel->initramfs;
    REQUIRE(initramfs);
    CHECK(initramfs->drivers.empty());
    CHECK(initramfs->versions == Texts{"6.1.0-28-amd64"});
    CHECK(initramfs->modules == 3);
    CHECK(initramfs->made_by_dracut);
    host.files.file("/boot/initramfs-" + kernel + ".img", "070701 is all there is");
    CHECK(look(host).boot.kernel->initramfs.error().code == Errc::bad_syntax);
    host.files.deny("/boot/initramfs-" + kernel + ".img");
    CHECK(look(host).boot.kernel->initramfs.error().code == Errc::access_denied);
}

TEST_CASE("boot: the other kernels of the menu, each with its initramfs once") {
    auto host = red_hat_9();
    // The same files once more, as a recovery entry names them; and a kernel of another disk.
    host.files.file("/boot/loader/entries/m-recovery.conf",
                    "title rescue\nlinux /vmlinuz-5.14.0-427.el9.x86_64\n"
                    "initrd /initramfs-5.14.0-427.el9.x86_64.img\noptions single\n");
    host.files.file("/boot/loader/entries/m-elsewhere.conf", "title x\nlinux /vmlinuz-4.18\n");
    const auto boot = look(host).boot;
    REQUIRE(boot.kernel);
    CHECK(boot.kernel->version == "5.14.0-70.el9.x86_64");
    REQUIRE(boot.other_kernels.size() == 1);
    const auto& other = boot.other_kernels.front();
    CHECK(other.version == "5.14.0-427.el9.x86_64");
    CHECK(other.where.starts_with("/boot/loader/entries/m-"));
    REQUIRE(other.modules);
    CHECK(other.modules->built_in == std::vector<std::string>{"xen_blkfront", "ena"});
    CHECK_FALSE(other.initramfs);  // "image" is no archive
    CHECK(boot.kernels_left_out == 0);
}

TEST_CASE("boot: a kernel of the menu that may not be looked at is one of the others still") {
    auto host = red_hat_9();
    host.files.deny("/boot/initramfs-5.14.0-427.el9.x86_64.img");
    const auto boot = look(host).boot;
    REQUIRE(boot.other_kernels.size() == 1);
    CHECK(boot.other_kernels.front().initramfs.error().code == Errc::access_denied);
}

TEST_CASE("boot: of a long menu some kernels are left out, and counted") {
    auto host = red_hat_9();
    for (int i = 0; i < 9; ++i) {
        const auto version = "5.14.0-" + std::to_string(500 + i) + ".el9.x86_64";
        host.files.file("/boot/vmlinuz-" + version, bzimage(version))
            .file("/boot/loader/entries/m-" + version + ".conf",
                  "title x\nlinux /vmlinuz-" + version + "\n");
    }
    const auto boot = look(host).boot;
    CHECK(boot.other_kernels.size() == 6);
    CHECK(boot.kernels_left_out == 4);
}

TEST_CASE("boot: how the next initramfs will be built") {
    FakeHost dracut;
    dracut.files.file("/etc/dracut.conf", "# none\n")
        .file("/usr/lib/dracut/dracut.conf.d/01-dist.conf", "i18n_vars=\"x\"\nhostonly=\"yes\"\n")
        .file("/etc/dracut.conf.d/ec2.conf", "add_drivers+=\" xen-blkfront nvme other \"\n");
    auto settings = look(dracut).boot.initramfs_settings;
    REQUIRE(settings);
    CHECK(settings->host_only);
    CHECK(settings->where == "/usr/lib/dracut/dracut.conf.d/01-dist.conf:2");
    CHECK(settings->added == Texts{"xen_blkfront", "nvme"});
    dracut.files.file("/etc/dracut.conf.d/zz.conf", "hostonly=no\n");
    CHECK_FALSE(look(dracut).boot.initramfs_settings->host_only);

    FakeHost tools;
    tools.files.file("/etc/initramfs-tools/initramfs.conf", "MODULES=most\n")
        .file("/etc/initramfs-tools/conf.d/x", "MODULES=dep\n")
        .file("/etc/initramfs-tools/modules", "# nvme\nnvme\n");
    settings = look(tools).boot.initramfs_settings;
    CHECK(settings->host_only);
    CHECK(settings->where == "/etc/initramfs-tools/conf.d/x:1");
    CHECK(settings->added == Texts{"nvme"});

    FakeHost old;
    old.files.file("/sbin/mkinitrd", "")
        .file("/etc/sysconfig/kernel", "INITRD_MODULES=\"ata_piix xen-vbd ext3\"\n");
    CHECK(look(old).boot.initramfs_settings->added == Texts{"ata_piix", "xen_vbd"});
    CHECK(look({}).boot.initramfs_settings.is_absent());
}

TEST_CASE("boot: the fallback loader of UEFI, whatever its capitals") {
    FakeHost host;
    host.files.file("/boot/efi/EFI/Boot/bootx64.efi", "MZ...");
    CHECK(look(host).boot.efi_fallback.value() == "/boot/efi/EFI/Boot/bootx64.efi");
    host.files.file("/boot/efi/EFI/Boot/bootx64.efi", "");
    CHECK(look(host).boot.efi_fallback.error().code == Errc::bad_syntax);
    FakeHost without;
    without.files.directory("/boot/efi/EFI/redhat");
    CHECK(look(without).boot.efi_fallback.is_absent());
    CHECK(look({}).boot.efi_fallback.error().code == Errc::unsupported);
}

TEST_CASE("boot: other loaders are named") {
    FakeHost host;
    host.files.file("/boot/extlinux/extlinux.conf", "").file("/etc/lilo.conf", "");
    const auto boot = look(host).boot;
    REQUIRE(boot.loaders.size() == 2);
    CHECK(boot.loaders[0].loader == LoaderKind::lilo);
    CHECK(boot.loaders[1].loader == LoaderKind::extlinux);
}

}  // namespace
}  // namespace guestprep
