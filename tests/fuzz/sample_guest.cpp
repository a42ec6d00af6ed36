// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/sample_guest.h"

#include "agent/formats/registry_value.h"
#include "tests/support/fixtures.h"
#include "tests/support/hive_builder.h"

namespace guestprep {
namespace {

std::string system_hive() {
    HiveBuilder hive;
    const auto number = [&](std::string_view name, std::uint32_t value) {
        return hive.value(name, registry_dword(value));
    };
    const auto text = [&](std::string_view name, std::string_view value) {
        return hive.value(name, registry_text(value));
    };
    const auto service = [&](std::string_view name, std::uint32_t start) {
        return hive.key(name, {number("Start", start), number("Type", 1),
                               text("ImagePath", "system32\\drivers\\x.sys")});
    };
    const auto rules = hive.key(
        "FirewallRules",
        {text("rdp", "v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|App=x|")});
    const auto firewall = hive.key_over(
        "FirewallPolicy", {rules, hive.key("PublicProfile", {number("EnableFirewall", 1)})});
    const auto shared = hive.key_over("SharedAccess", {hive.key_over("Parameters", {firewall})});
    const auto services =
        hive.key_over("Services", {service("Dhcp", 2), service("disk", 0), service("stornvme", 3),
                                   shared, service("TermService", 3)});
    const auto control = hive.key_over(
        "Control", {hive.key("Terminal Server", {number("fDenyTSConnections", 1)}),
                    hive.key("TimeZoneInformation", {number("RealTimeIsUniversal", 0)})});
    const auto set = hive.key_over("ControlSet001", {control, services});
    const auto select = hive.key("Select", {number("Current", 1), number("Default", 1)});
    return hive.file(hive.key_over("ROOT", {set, select}));
}

std::string software_hive() {
    HiveBuilder hive;
    const auto text = [&](std::string_view name, std::string_view value) {
        return hive.value(name, registry_text(value));
    };
    const auto version =
        hive.key("CurrentVersion",
                 {text("ProductName", "Windows Server 2019 Standard"),
                  text("CurrentBuild", "17763"), text("CurrentVersion", "6.3"),
                  text("EditionID", "ServerStandard"), text("InstallationType", "Server")});
    const auto nt = hive.key_over("Windows NT", {version});
    const auto microsoft = hive.key_over("Microsoft", {nt});
    return hive.file(hive.key_over("ROOT", {microsoft}));
}

}  // namespace

std::vector<SampleFile> sample_guest() {
    return {
        {"/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME='Debian 12'\n"},
        {"/etc/redhat-release", "CentOS Linux release 7.4.1708 (Core)\n"},
        {"/etc/SuSE-release",
         "SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n"},
        {"/etc/fstab",
         "# static\nUUID=1-2\t/ ext4 errors=remount-ro 0 1\n/dev/sdb1 /srv/a\\040b xfs "
         "defaults,nofail 0 2\n"
         "LABEL=x none swap sw 0 0\nhost:/x /mnt nfs _netdev 0 0\n//h/s /c cifs "
         "x-systemd.automount 0 0\n"},
        {"/etc/crypttab", "a UUID=1 none luks,nofail\n"},
        {"/proc/mounts", "/dev/sda1 / ext4 rw,relatime 0 0\nproc /proc proc rw 0 0\n"},
        {"/proc/self/mountinfo", "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"},
        {"/proc/cmdline", "root=UUID=1 ro quiet console=tty0 \"a b\"\n"},
        {"/proc/swaps", "Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n"},
        {"/boot/grub/grub.cfg",
         "load_env\nset default=\"${saved_entry}\"\nif [ x$feature = xy ]; then\n set "
         "timeout=5\nelse\n set timeout=1\nfi\n"
         "function f {\n insmod gzio\n}\nmenuentry 'Linux' --class a {\n linux /vmlinuz-6.1 "
         "root=/dev/sda1 ro\n"
         " initrd /initrd.img-6.1\n}\nsubmenu 'More' {\n menuentry \"b\" { linux16 /vmlinuz-5 "
         "root=LABEL=x; initrd16 /i; }\n}\nblscfg\n"},
        {"/boot/grub/grubenv",
         "# GRUB Environment Block\nsaved_entry=0\nkernelopts=root=UUID=1 ro\n" +
             std::string(960, '#')},
        {"/boot/grub/menu.lst",
         "default 0\ntimeout=5\ntitle A\n root (hd0,0)\n kernel /vmlinuz-2.6 root=LABEL=/ ro\n "
         "initrd /initrd\n"},
        {"/boot/grub/device.map", "(hd0) /dev/sda\n"},
        {"/boot/loader/entries/a.conf",
         "title x\nlinux /vmlinuz-6.1\ninitrd /initrd.img-6.1 $tuned\noptions $kernelopts\n"},
        {"/boot/vmlinuz-6.1", "kernel"},
        {"/boot/initrd.img-6.1", own_fixture("boot/zstd.img")},
        {"/etc/lilo.conf", "image=/boot/vmlinuz\n\tlabel=Linux\n\troot=/dev/hda1\n"},
        {"/etc/default/grub",
         "GRUB_DEFAULT=saved\nGRUB_CMDLINE_LINUX=\"quiet net.ifnames=0\"\nGRUB_TIMEOUT='5'\n"},
        {"/lib/modules/6.1/modules.dep", "kernel/drivers/nvme/host/nvme.ko: kernel/nvme-core.ko\n"},
        {"/etc/dracut.conf", "hostonly=\"yes\"\nadd_drivers+=\" nvme \"\n"},
        {"/etc/initramfs-tools/modules", "# x\nnvme\n"},
        {"/etc/initramfs-tools/initramfs.conf", "MODULES=dep\n"},
        {"/etc/modprobe.d/a.conf",
         "blacklist nvme\ninstall ena /bin/false\noptions nvme_core io_timeout=5\nalias eth0 e1000 "
         "\\\n x\n"},
        {"/etc/sysctl.conf", "kernel.modules_disabled = 1\n"},
        {"/etc/lvm/lvm.conf",
         "devices {\n filter = [ \"a|/dev/sda.*|\", 'r/.*/' ] # x\n use_devicesfile = 1\n}\n"},
        {"/etc/lvm/backup/vg",
         "vg {\nid = \"a\"\nphysical_volumes {\npv0 {\ndevice = "
         "\"/dev/sda2\"\n}\n}\nlogical_volumes {\nroot {\nstatus=[\"READ\"]\n}\n}\n}\n"},
        {"/etc/lvm/devices/system.devices",
         "VERSION=1.1.1\nIDTYPE=sys_wwid IDNAME=x DEVNAME=/dev/sda2 PVID=y PART=2\n"},
        {"/etc/network/interfaces",
         "auto lo eth0\niface lo inet loopback\nallow-hotplug eth1\niface eth0 inet "
         "static\n\taddress 192.168.0.2/24\n"
         "\tgateway 192.168.0.1\n\thwaddress ether 00:11:22:33:44:55\n\tup ip route add x\nsource "
         "/etc/network/interfaces.d/*\nmapping x\n\tscript y\n"},
        {"/etc/sysconfig/network-scripts/ifcfg-eth0",
         "DEVICE=eth0\r\nBOOTPROTO=none\r\nHWADDR=00:11:22:33:44:55\r\nIPADDR=10.0.0.2 # "
         "old\r\nONBOOT=\"yes\"\r\nNAME='a b'\r\n"},
        {"/etc/sysconfig/network/ifcfg-eth0",
         "STARTMODE='auto'\nBOOTPROTO='static'\nIPADDR='10.0.0.2/24'\n"},
        {"/etc/sysconfig/network", "NETWORKING=yes\nHOSTNAME=a\nGATEWAY=10.0.0.1\n"},
        {"/etc/netplan/a.yaml",
         "network:\n  version: 2\n  ethernets:\n    ens3:\n      match: {macaddress: "
         "'00:11:22:33:44:55'}\n"
         "      addresses: [10.0.0.2/24]\n      routes:\n      - to: default\n        via: "
         "10.0.0.1\n"},
        {"/etc/NetworkManager/system-connections/a.nmconnection",
         "[connection]\nid=a\ntype=ethernet\ninterface-name=ens3\n[ethernet]\nmac-address=00:11:22:"
         "33:44:55\n[ipv4]\nmethod=manual\naddress1=10.0.0.2/24,10.0.0.1\n"},
        {"/etc/systemd/network/a.network",
         "[Match]\nName=en* "
         "!eno1\n[Network]\nAddress=10.0.0.2/24\nDHCP=no\n[Address]\nAddress=1.2.3.4/8\n"},
        {"/etc/systemd/network/a.link",
         "[Match]\nMACAddress=00:11:22:33:44:55\n[Link]\nName=lan0\n"},
        {"/etc/udev/rules.d/70-persistent-net.rules",
         "# x\nSUBSYSTEM==\"net\", ACTION==\"add\", ATTR{address}==\"00:11:22:33:44:55\", "
         "NAME=\"eth0\"\nKERNEL==\"x\", GOTO=\"end\" \\\n LABEL=\"end\"\n"},
        {"/etc/dhcp/dhclient.conf",
         "timeout 60;\nrequest subnet-mask;\ninterface \"eth0\" { send host-name \"a\"; }\nreject "
         "10.0.0.1;\n"},
        {"/etc/dhcpcd.conf", "interface eth0\nstatic ip_address=10.0.0.2/24\n"},
        {"/etc/passwd",
         "root:x:0:0:root:/root:/bin/bash\nalice:x:1000:1000:A,B:/home/alice:/bin/bash\n+nis\n"},
        {"/etc/shadow", "root:*:19000:0:99999:7:::\nalice:$6$salt$hash:19000:0:90:7:10:20000:\n"},
        {"/etc/group", "root:x:0:\nsudo:x:27:alice,bob\nalice:x:1000:\n"},
        {"/etc/login.defs", "UID_MIN 1000\n"},
        {"/etc/nsswitch.conf", "passwd: files sss [NOTFOUND=return] ldap\n"},
        {"/etc/sudoers",
         "Defaults !authenticate\nUser_Alias A = alice, \\\n bob\n%sudo ALL=(ALL:ALL) NOPASSWD: "
         "ALL\n#include /etc/x\n"},
        {"/etc/ssh/sshd_config",
         "Port 22\nListenAddress 10.0.0.2:22\nMatch User alice,!bob Address 10.0.0.0/8\n "
         "PubkeyAuthentication no\nAuthorizedKeysFile %h/.ssh/authorized_keys\n"},
        {"/home/alice/.ssh/authorized_keys",
         "from=\"10.0.0.0/8,!x\",command=\"a \\\"b\\\"\" ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7 "
         "x\n"},
        {"/etc/hosts.allow", "sshd : 10.0.0. EXCEPT 10.0.0.5 : allow\n"},
        {"/etc/hosts.deny", "ALL: ALL\n"},
        {"/etc/iptables/rules.v4",
         "*filter\n:INPUT DROP [0:0]\n:f2b - [0:0]\n-A INPUT -i lo -j ACCEPT\n-A INPUT ! -s "
         "10.0.0.0/8 -p tcp -m multiport --dports 22,80:90 -m state --state NEW -j f2b\n-A f2b -j "
         "RETURN\nCOMMIT\n"},
        {"/etc/sysconfig/iptables",
         "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp --dport ssh -m comment --comment \"a b\" "
         "-j REJECT --reject-with icmp-host-prohibited\nCOMMIT\n"},
        {"/etc/nftables.conf",
         "flush ruleset\ndefine p = { 22, 80-90 }\ntable inet filter {\n set s { type ipv4_addr; "
         "elements = { 10.0.0.1, 10.1.0.0/16 }; }\n chain input { type filter hook input priority "
         "0; policy drop;\n  ct state vmap { established : accept, invalid : drop }\n  tcp dport "
         "$p ip saddr @s accept\n  jump x\n }\n chain x { iifname \"eth*\" counter return "
         "}\n}\ninclude \"/etc/nft/*\"\n"},
        {"/etc/firewalld/firewalld.conf", "DefaultZone=public\n"},
        {"/etc/firewalld/zones/public.xml",
         "<?xml version=\"1.0\"?><zone target=\"DROP\"><service name=\"ssh\"/><port port=\"22-23\" "
         "protocol=\"tcp\"/><rule family=\"ipv4\"><source address=\"10.0.0.0/8\" "
         "invert=\"yes\"/><service name=\"ssh\"/><reject/></rule></zone>\n"},
        {"/etc/ufw/ufw.conf", "ENABLED=yes\n"},
        {"/etc/ufw/user.rules",
         "*filter\n:ufw-user-input - [0:0]\n### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 "
         "in\n-A ufw-user-input -p tcp --dport 22 -j ACCEPT\nCOMMIT\n"},
        {"/etc/default/ufw", "DEFAULT_INPUT_POLICY=\"DROP\"\n"},
        {"/etc/sysconfig/SuSEfirewall2",
         "FW_DEV_EXT=\"any eth0\"\nFW_SERVICES_EXT_TCP=\"ssh "
         "80:90\"\nFW_CONFIGURATIONS_EXT=\"sshd\"\n"},
        {"/etc/inittab", "id:3:initdefault:\nT0:23:respawn:/sbin/getty -L ttyS0 9600 vt100\n"},
        {"/etc/init.d/sshd",
         "#!/bin/sh\n# chkconfig: 2345 55 25\n### BEGIN INIT INFO\n# Default-Start: 2 3\n### END "
         "INIT INFO\n"},
        {"/etc/init/ssh.conf",
         "start on (filesystem or runlevel [2345])\nstop on x\nscript\n a\nend script\n"},
        {"/lib/systemd/system/ssh.service",
         "[Unit]\nConditionPathExists=!/etc/ssh/sshd_not_to_be_run\n[Service]\nExecStart=/usr/sbin/"
         "sshd -D \\\n $OPTS\n[Install]\nWantedBy=multi-user.target\nAlias=sshd.service\n"},
        {"/lib/systemd/systemd", "ELF"},
        {"/sbin/init", "ELF"},
        {"/usr/sbin/sshd", "ELF OpenSSH_9.2p1 Debian"},
        {"/etc/cloud/cloud.cfg",
         "datasource_list: [ NoCloud, None ]\nsystem_info:\n  default_user: {name: "
         "debian}\nnetwork: {config: disabled}\n"},
        {"/etc/selinux/config", "SELINUX=enforcing\nSELINUXTYPE=targeted\n"},
        {"/etc/adjtime", "0.0 0 0.0\n0\nLOCAL\n"},
        {"/etc/chrony/chrony.conf", "server 169.254.169.123 prefer iburst\n"},
        {"/etc/multipath.conf", "blacklist { devnode \"^sd[a-z]\" }\n"},
        {"/var/lib/dpkg/status",
         "Package: open-vm-tools\nStatus: install ok installed\nMaintainer: X <x@y>\nVersion: "
         "1\nDescription: a\n b\n\n"},
        {"/var/lib/rpm/rpmdb.sqlite", own_fixture("software/rpmdb.sqlite")},
        {"/Windows/System32/config/SYSTEM", system_hive()},
        {"/Windows/System32/config/SOFTWARE", software_hive()},
        {"/Windows/Panther/unattend.xml",
         "<?xml version=\"1.0\" encoding=\"utf-8\"?><unattend "
         "xmlns=\"urn:schemas-microsoft-com:unattend\"><settings pass=\"oobeSystem\"><component "
         "name=\"Microsoft-Windows-Shell-Setup\" "
         "processorArchitecture=\"amd64\"><OOBE><HideEULAPage>true</HideEULAPage></OOBE></"
         "component></settings></unattend>\n"},
    };
}

}  // namespace guestprep
