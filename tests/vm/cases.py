"""The matrix, as data. A case is a guest, a fault put into its source VM, and where that leaves it unreachable.

`fault` is shell, run as root in the source VM after the network was prepared for DHCP (prepared=False: it keeps its static
address). It changes what the *next* boot does; it must not cut off the session that it runs in. `fails` names the routes
on which nobody gets in afterwards: that is measured, and a case whose boot says otherwise is an error of the matrix."""

from dataclasses import dataclass

NEITHER, SNAPSHOT, IMAGE, BOTH = (), ('snapshot',), ('image',), ('snapshot', 'image')


@dataclass(frozen=True)
class Case:
    name: str
    group: str
    fault: str
    breaks: str                      # what it breaks, for people; '' for healthy guests
    fails: tuple = NEITHER
    guest: str = 'bookworm'
    prepared: bool = True
    logins: tuple = ('admin',)       # the accounts whose way in counts
    fix_arguments: tuple = ()        # what an operator would add to `guestprep fix`


CONTROLS = ('control-good', 'control-broken')
# The short run: every case on one route, one of them on both, so that the model of the import is in it.
QUICK = {'control-good': SNAPSHOT, 'control-broken': SNAPSHOT, 'fstab-data-by-name': SNAPSHOT, 'net-static': BOTH, 'nft-old-network': SNAPSHOT,
         'sshd-disabled': SNAPSHOT}

_DATA = "sed -i 's#^UUID=[^ ]* /srv/data .*#{} /srv/data {}#' /etc/fstab; grep -q '^{} /srv/data' /etc/fstab\n"
_ADD_KEY = ('--add-key', 'admin=/dev/shm/lab.pub')
_GRUB_CMDLINE = "sed -i '/vmlinuz/s#$# {}#' /boot/grub/grub.cfg\n"
_GRUB_ROOT = "sed -i 's#root=UUID=[0-9a-f-]*#root={}#' /boot/grub/grub.cfg; grep -q 'root={}' /boot/grub/grub.cfg\n"
_SSHD = "printf '%s\\n' '{}' > /etc/ssh/sshd_config.d/10-local.conf\n"


def data_line(spec, rest='ext4 defaults 0 2'):
    return _DATA.format(spec, rest, spec)


def fstab_line(line):
    return f"echo '{line}' >> /etc/fstab\n"


def interfaces(text):
    return f"cat > /etc/network/interfaces <<'X'\nauto lo\niface lo inet loopback\n\n{text}\nX\n"


def nftables(rules, policy='drop'):
    return f'''cat > /etc/nftables.conf <<'X'
#!/usr/sbin/nft -f
flush ruleset
table inet filter {{
    chain input {{
        type filter hook input priority 0; policy {policy};
        ct state established,related accept
        iif lo accept
        {rules}
    }}
}}
X
nft -c -f /etc/nftables.conf
systemctl enable nftables 2>/dev/null
'''


def iptables_rules(rules):
    return f'''cat > /etc/iptables/rules.v4 <<'X'
*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
{rules}
COMMIT
X
systemctl enable netfilter-persistent 2>/dev/null
'''


def udev_name(name):
    return ('printf \'SUBSYSTEM=="net", ACTION=="add", DRIVERS=="?*", ATTR{{address}}=="00:50:56:aa:bb:01", '
            'ATTR{{type}}=="1", KERNEL=="eth*", NAME="{}"\\n\' > /etc/udev/rules.d/70-persistent-net.rules\n').format(name)


_STATIC = 'auto eth0\niface eth0 inet static\n    address 192.168.77.10/24\n    gateway 192.168.77.1'
_OLD_NET = 'ip saddr 192.168.77.0/24 tcp dport 22 accept'
_MISSING = '/dev/sdq1 /srv/old ext4 defaults 0 2'
_GONE = '0b6e1f0c-7d0e-4c5c-9d43-1a2f7f0e9c11'

CASES = (
    # The controls: without them a lab in which everything boots, or nothing, would look right.
    Case('control-good', 'control', 'true', ''),
    Case('control-broken', 'control', interfaces(_STATIC) + _GRUB_ROOT.format('/dev/sda1', '/dev/sda1') + data_line('/dev/sdb1'),
         'static address, root= and a mount by device name', BOTH),

    # /etc/fstab
    Case('fstab-missing-device', 'fstab', fstab_line(_MISSING), 'emergency mode: the device does not exist', SNAPSHOT),
    Case('fstab-data-by-name', 'fstab', data_line('/dev/sdb1'), 'emergency mode: the data disk gets another name', SNAPSHOT),
    Case('fstab-data-by-path', 'fstab',
         'p=$(for l in /dev/disk/by-path/*; do [ "$(readlink -f $l)" = /dev/sdb1 ] && echo $l; done | head -1); '
         "sed -i \"s#^UUID=[^ ]* /srv/data#$p /srv/data#\" /etc/fstab; grep -q by-path /etc/fstab\n",
         'emergency mode: the path is that of the old controller', SNAPSHOT),
    Case('fstab-missing-uuid', 'fstab', fstab_line(f'UUID={_GONE} /srv/old ext4 defaults 0 2'), 'emergency mode: no such UUID', SNAPSHOT),
    Case('fstab-missing-label', 'fstab', fstab_line('LABEL=gone /srv/old ext4 defaults 0 2'), 'emergency mode: no such label', SNAPSHOT),
    Case('fstab-cdrom-auto', 'fstab', 'mkdir -p /media/cdrom\n' + fstab_line('/dev/sr0 /media/cdrom iso9660 ro 0 0'),
         'emergency mode: the CD drive is gone', SNAPSHOT),
    Case('fstab-wrong-type', 'fstab', "sed -i 's#/srv/data ext4#/srv/data xfs#' /etc/fstab\n", 'emergency mode: not XFS', BOTH),
    Case('fstab-bad-option', 'fstab', "sed -i 's#/srv/data ext4 defaults#/srv/data ext4 defaults,nosuchoption#' /etc/fstab\n",
         'emergency mode: mount refuses the option', BOTH),
    Case('fstab-root-by-name', 'fstab', "sed -i 's#^UUID=[^ ]* / #/dev/sda1 / #' /etc/fstab; grep -q '^/dev/sda1 / ' /etc/fstab\n",
         'the stale line is only used for the remount, which goes by mount point'),
    Case('fstab-swap-by-name', 'swap', "sed -i 's#^UUID=[^ ]* none swap#/dev/sda2 none swap#' /etc/fstab\n", 'swap is lost, 90 s are waited'),
    Case('fstab-boot-by-name', 'fstab', "sed -i 's#^UUID=[^ ]* /boot #/dev/sda1 /boot #' /etc/fstab; grep -q '^/dev/sda1 /boot' /etc/fstab\n",
         'emergency mode: /boot gets another name', SNAPSHOT, 'bookworm-lvm'),
    Case('fstab-esp-by-name', 'fstab', "sed -i 's#^UUID=[^ ]* /boot/efi #/dev/sda1 /boot/efi #' /etc/fstab; grep -q '^/dev/sda1' /etc/fstab\n",
         'emergency mode: the ESP gets another name', SNAPSHOT, 'bookworm-uefi'),
    Case('fstab-nofail', 'harmless', fstab_line('/dev/sdq1 /srv/old ext4 defaults,nofail,x-systemd.device-timeout=5 0 2'), ''),
    Case('fstab-noauto', 'harmless', fstab_line('/dev/sdq1 /srv/old ext4 noauto 0 0'), ''),
    Case('fstab-cdrom-noauto', 'harmless', 'mkdir -p /media/cdrom0\n' + fstab_line('/dev/sr0 /media/cdrom0 udf,iso9660 user,noauto 0 0'), ''),
    Case('fstab-automount', 'harmless', fstab_line('/dev/sdq1 /srv/old ext4 noauto,x-systemd.automount 0 0'), ''),
    Case('fstab-label', 'harmless', data_line('LABEL=data'), ''),
    Case('fstab-partuuid', 'harmless', 'p=$(blkid -o value -s PARTUUID /dev/sdb1); [ -n "$p" ]; sed -i "s#^UUID=[^ ]* /srv/data#PARTUUID=$p /srv/data#" '
         '/etc/fstab; grep -q ^PARTUUID /etc/fstab\n', ''),
    Case('fstab-bind-and-tmpfs', 'harmless', 'mkdir -p /srv/bind\n' + fstab_line('/srv/data /srv/bind none bind 0 0') +
         fstab_line('tmpfs /srv/scratch tmpfs size=8m 0 0'), ''),
    Case('fstab-nfs-away', 'harmless', fstab_line('192.168.77.5:/export /srv/nfs nfs nofail,_netdev,soft,timeo=50,retry=0 0 0'), ''),
    Case('fstab-mountpoint-missing', 'harmless', 'umount /srv/data; rmdir /srv/data; mkdir /srv/data; mount /srv/data; '
         "sed -i 's#/srv/data ext4#/srv/new/data ext4#' /etc/fstab; umount /srv/data; mkdir -p /srv/new/data; mount /srv/new/data\n", ''),

    # GRUB
    Case('grub-root-by-name', 'grub', _GRUB_ROOT.format('/dev/sda1', '/dev/sda1'), 'initramfs: root= names the old disk', BOTH),
    Case('grub-root-missing-uuid', 'grub', _GRUB_ROOT.format('UUID=' + _GONE, 'UUID=' + _GONE), 'initramfs: no such root', BOTH),
    Case('grub-cfg-missing', 'grub', 'mv /boot/grub/grub.cfg /root/grub.cfg.old\n', 'GRUB stops in its shell', BOTH),
    Case('grub-mbr-wiped', 'grub', 'dd if=/dev/zero of=/dev/sda bs=440 count=1 conv=notrunc 2>/dev/null\n', 'the firmware finds no boot loader', BOTH),
    Case('grub-kernel-missing', 'grub', 'rm /boot/vmlinuz-*\n', 'GRUB cannot load the kernel', BOTH),
    Case('grub-initrd-missing', 'grub', 'rm /boot/initrd.img-*\n', 'no initramfs, no root', BOTH),
    Case('grub-waits-forever', 'grub', "sed -i 's/^GRUB_TIMEOUT=.*/GRUB_TIMEOUT=-1/' /etc/default/grub; update-grub 2>/dev/null\n",
         'the menu waits for a key', SNAPSHOT),
    Case('grub-password', 'grub', "printf '#!/bin/sh\\ncat <<E\\nset superusers=boss\\npassword boss secret\\nE\\n' > /etc/grub.d/01_password; "
         'chmod 755 /etc/grub.d/01_password; update-grub 2>/dev/null\n', 'the menu asks for a password before it boots', BOTH),
    Case('grub-rescue-target', 'grub', _GRUB_CMDLINE.format('systemd.unit=rescue.target'), 'boots into rescue mode', BOTH),
    Case('grub-init-shell', 'grub', _GRUB_CMDLINE.format('init=/bin/sh'), 'boots into a shell', BOTH),
    Case('grub-legacy-leftover', 'grub', "printf 'default 0\\ntitle old\\nroot (hd0,0)\\nkernel /vmlinuz-2.6.32 root=/dev/hda1\\n' > /boot/grub/menu.lst\n",
         'the import refuses two different configurations', IMAGE),
    Case('grub-default-index', 'harmless', "sed -i 's/^   set default=\"0\"/   set default=\"7\"/' /boot/grub/grub.cfg; grep -q 'default=\"7\"' /boot/grub/grub.cfg\n", ''),
    Case('grub-no-serial', 'harmless', "sed -i 's/ console=ttyS0,115200//' /boot/grub/grub.cfg\n", ''),
    Case('uefi-no-fallback', 'grub', 'rm -r /boot/efi/EFI/BOOT\n', 'the firmware has no entry for the vendor path', BOTH, 'bookworm-uefi'),

    # initramfs and modules
    Case('initramfs-dep', 'initramfs', "sed -i 's/^MODULES=.*/MODULES=dep/' /etc/initramfs-tools/initramfs.conf; update-initramfs -u 2>&1\n",
         'initramfs: built for the old hardware only', SNAPSHOT),
    Case('initramfs-truncated', 'initramfs', 'for f in /boot/initrd.img-*; do truncate -s 6000000 $f; done\n', 'no root: the image is cut off', BOTH),
    Case('initramfs-dep-not-built', 'harmless', "sed -i 's/^MODULES=.*/MODULES=dep/' /etc/initramfs-tools/initramfs.conf\n", ''),
    Case('modules-nvme-off', 'modules', "printf 'blacklist nvme\\ninstall nvme /bin/false\\n' > /etc/modprobe.d/no-nvme.conf; update-initramfs -u 2>&1\n",
         'initramfs: the driver of the root disk is forbidden', BOTH),
    Case('modules-floppy-off', 'harmless', "printf 'blacklist floppy\\nblacklist pcspkr\\n' > /etc/modprobe.d/local.conf\n", ''),

    # Swap and resume
    Case('swap-missing-uuid', 'swap', f"sed -i 's#^UUID=[^ ]* none swap#UUID={_GONE} none swap#' /etc/fstab\n", 'swap is lost, 90 s are waited'),
    Case('resume-missing', 'swap', f'echo RESUME=UUID={_GONE} > /etc/initramfs-tools/conf.d/resume; update-initramfs -u 2>&1\n', 'the initramfs waits a while'),
    Case('resume-by-name', 'swap', _GRUB_CMDLINE.format('resume=/dev/sda2'), ''),

    # Network: ifupdown
    Case('net-static', 'network', 'true', 'the address belongs to another network', SNAPSHOT, prepared=False),
    Case('net-static-snippet', 'network', interfaces('source /etc/network/interfaces.d/*') +
         f"mkdir -p /etc/network/interfaces.d; cat > /etc/network/interfaces.d/eth0 <<'X'\n{_STATIC}\nX\n",
         'the address belongs to another network', SNAPSHOT),
    Case('net-link-by-mac', 'network', "printf '[Match]\\nMACAddress=00:50:56:aa:bb:01\\n[Link]\\nName=lan0\\n' > /etc/systemd/network/10-lan.link\n" +
         interfaces('auto lan0\niface lan0 inet dhcp'), 'the name is bound to the old MAC', BOTH),
    Case('net-udev-by-mac', 'network', udev_name('lan0') + interfaces('auto lan0\niface lan0 inet dhcp'), 'the name is bound to the old MAC', BOTH),
    Case('net-udev-eth0', 'network', udev_name('eth0'), 'the rule no longer matches, and the kernel gives the same name'),
    Case('net-other-name', 'network', interfaces('auto ens192\niface ens192 inet dhcp'), 'no interface of that name', BOTH),
    Case('net-predictable', 'network', "sed -i 's/net.ifnames=0 biosdevname=0 //' /boot/grub/grub.cfg\n", 'the card gets another name', BOTH),
    Case('net-not-auto', 'network', interfaces('iface eth0 inet dhcp'), 'nothing brings the interface up', BOTH),
    Case('net-disabled', 'network', 'systemctl disable networking 2>/dev/null\n', 'nothing brings the network up', BOTH),
    Case('net-no-dhcp-client', 'network', 'dpkg --purge --force-depends isc-dhcp-client >/dev/null 2>&1; ! command -v dhclient\n', 'no DHCP client', BOTH),
    Case('net-hotplug', 'harmless', interfaces('allow-hotplug eth0\niface eth0 inet dhcp'), ''),
    Case('net-ipv6-static', 'harmless', interfaces('auto eth0\niface eth0 inet dhcp\niface eth0 inet6 static\n    address fd00:77::10/64'), ''),
    Case('net-old-dns', 'harmless', "printf 'search corp.example\\nnameserver 192.168.77.53\\n' > /etc/resolv.conf\n", ''),

    # Network: the others
    Case('networkd-good', 'harmless', 'true', '', guest='bookworm-uefi'),
    Case('networkd-static', 'network', 'true', 'the address belongs to another network', SNAPSHOT, 'bookworm-uefi', prepared=False),
    Case('networkd-by-mac', 'network', "sed -i 's/^Name=eth0/MACAddress=00:50:56:aa:bb:01/' /etc/systemd/network/10-eth0.network\n",
         'the section matches the old MAC', BOTH, 'bookworm-uefi'),
    Case('networkd-other-name', 'network', "sed -i 's/^Name=eth0/Name=ens192/' /etc/systemd/network/10-eth0.network\n",
         'no interface of that name', BOTH, 'bookworm-uefi'),
    Case('networkd-disabled', 'network', 'systemctl disable systemd-networkd systemd-networkd.socket 2>/dev/null\n', 'nothing brings the network up', BOTH, 'bookworm-uefi'),
    Case('networkd-any-ether', 'harmless', "sed -i 's/^Name=eth0/Type=ether/' /etc/systemd/network/10-eth0.network\n", '', guest='bookworm-uefi'),
    Case('netplan-good', 'harmless', 'true', '', guest='bookworm-netplan'),
    Case('netplan-static', 'network', 'true', 'the address belongs to another network', SNAPSHOT, 'bookworm-netplan', prepared=False),
    Case('netplan-by-mac', 'network', "printf 'network:\\n  version: 2\\n  ethernets:\\n    lan:\\n      match:\\n        macaddress: 00:50:56:aa:bb:01\\n"
         "      set-name: eth0\\n      dhcp4: true\\n' > /etc/netplan/01-eth0.yaml\n", 'matches the old MAC only', BOTH, 'bookworm-netplan'),
    Case('netplan-glob', 'harmless', "printf 'network:\\n  version: 2\\n  ethernets:\\n    any:\\n      match:\\n        name: e*\\n"
         "      dhcp4: true\\n' > /etc/netplan/01-eth0.yaml\n", '', guest='bookworm-netplan'),
    Case('nm-good', 'harmless', 'true', '', guest='bookworm-nm'),
    Case('nm-static', 'network', 'true', 'the address belongs to another network', SNAPSHOT, 'bookworm-nm', prepared=False),
    Case('nm-by-mac', 'network', "f=/etc/NetworkManager/system-connections/eth0.nmconnection; sed -i '/^interface-name/d' $f; "
         "printf '[ethernet]\\nmac-address=00:50:56:AA:BB:01\\n' >> $f; printf '[main]\\nno-auto-default=*\\n' > /etc/NetworkManager/conf.d/local.conf\n",
         'the profile is bound to the old MAC and there is no other', BOTH, 'bookworm-nm'),
    Case('nm-other-name', 'network', "sed -i 's/^interface-name=.*/interface-name=ens192/' /etc/NetworkManager/system-connections/eth0.nmconnection\n",
         'the profile no longer fits, and NetworkManager makes a DHCP one by itself', guest='bookworm-nm'),
    Case('nm-disabled', 'network', 'systemctl disable NetworkManager 2>/dev/null\n', 'nothing brings the network up', BOTH, 'bookworm-nm'),

    # sshd
    Case('sshd-disabled', 'sshd', 'systemctl disable ssh 2>/dev/null\n', 'sshd does not start', BOTH),
    Case('sshd-masked', 'sshd', 'systemctl disable ssh 2>/dev/null; ln -sf /dev/null /etc/systemd/system/ssh.service\n', 'sshd does not start', BOTH),
    Case('sshd-listen-old', 'sshd', _SSHD.format('ListenAddress 192.168.77.10'), 'the address is gone', BOTH),
    Case('sshd-inet6', 'sshd', _SSHD.format('AddressFamily inet6'), 'no IPv4', BOTH),
    Case('sshd-bad-config', 'sshd', _SSHD.format('PermitRotLogin no'), 'sshd refuses its configuration', BOTH),
    Case('sshd-no-host-keys', 'sshd', 'rm /etc/ssh/ssh_host_*\n', 'sshd has no host key', BOTH),
    Case('sshd-no-pubkey', 'sshd', _SSHD.format('PubkeyAuthentication no'), 'keys are not accepted', BOTH),
    Case('sshd-allow-others', 'sshd', _SSHD.format('AllowUsers root operator'), 'the administrator is not on the list', BOTH),
    Case('sshd-allow-old-network', 'sshd', _SSHD.format('AllowUsers admin@192.168.77.*'), 'only from the old network', BOTH),
    Case('sshd-keys-elsewhere', 'sshd', _SSHD.format('AuthorizedKeysFile /etc/ssh/keys/%u'), 'no key at that place', BOTH),
    Case('sshd-hosts-deny', 'sshd', "echo 'sshd: ALL' >> /etc/hosts.deny\n", 'TCP wrappers refuse everybody', BOTH),
    Case('sshd-hosts-allow-old', 'sshd', "echo 'sshd: ALL' >> /etc/hosts.deny; echo 'sshd: 192.168.77.' >> /etc/hosts.allow\n", 'only from the old network', BOTH),
    Case('sshd-nologin', 'sshd', 'echo closed > /etc/nologin\n', 'only root may log in, and root has no key', BOTH),
    Case('sshd-socket', 'harmless', 'systemctl disable ssh 2>/dev/null; systemctl enable ssh.socket 2>/dev/null\n', ''),
    Case('sshd-hardened', 'harmless', _SSHD.format('PermitRootLogin no\nPasswordAuthentication no\nAllowGroups admin\nMaxAuthTries 3'), ''),
    Case('sshd-keys-moved', 'harmless', _SSHD.format('AuthorizedKeysFile /etc/ssh/keys/%u') +
         'mkdir -p /etc/ssh/keys; cp /home/admin/.ssh/authorized_keys /etc/ssh/keys/admin; chmod 644 /etc/ssh/keys/admin; rm -r /home/admin/.ssh\n', ''),
    Case('sshd-listen-any', 'harmless', _SSHD.format('ListenAddress 0.0.0.0'), ''),

    # Keys and accounts
    Case('key-missing', 'account', 'rm /home/admin/.ssh/authorized_keys\n', 'no key', BOTH, fix_arguments=_ADD_KEY),
    Case('key-garbage', 'account', 'echo "ssh-ed25519 AAAAnonsense me" > /home/admin/.ssh/authorized_keys\n', 'no valid key', BOTH, fix_arguments=_ADD_KEY),
    Case('key-writable-home', 'account', 'chmod 777 /home/admin\n', 'sshd does not trust the directory', BOTH),
    Case('key-wrong-owner', 'account', 'chown -R daemon: /home/admin/.ssh\n', 'sshd does not trust the file', BOTH),
    Case('key-from-old-network', 'account', "sed -i 's/^/from=\"192.168.77.0\\/24\" /' /home/admin/.ssh/authorized_keys\n", 'the key is valid in the old network only', BOTH,
         fix_arguments=_ADD_KEY),
    Case('account-expired', 'account', 'chage -E 2020-01-01 admin\n', 'the account has expired', BOTH),
    Case('account-nologin-shell', 'account', 'usermod -s /usr/sbin/nologin admin\n', 'no shell', BOTH),
    Case('account-shell-missing', 'account', "sed -i 's#^\\(admin:.*\\):/bin/bash#\\1:/bin/zsh#' /etc/passwd\n", 'the shell is not installed', BOTH),
    Case('account-password-locked', 'harmless', 'usermod -L admin\n', ''),
    Case('account-root-key', 'harmless', 'mkdir -p /root/.ssh; chmod 700 /root/.ssh; mv /home/admin/.ssh/authorized_keys /root/.ssh/; chown -R root: /root/.ssh\n',
         '', logins=('root',)),
    Case('account-second', 'harmless', 'useradd -m -s /bin/bash second; rm -rf /home/second/.ssh; usermod -s /usr/sbin/nologin second\n', ''),

    # Firewalls
    Case('nft-drop', 'firewall', nftables('tcp dport 80 accept'), 'nothing admits SSH', BOTH),
    Case('nft-old-network', 'firewall', nftables(_OLD_NET), 'SSH from the old network only', BOTH),
    Case('nft-old-name', 'firewall', nftables('iifname "ens192" tcp dport 22 accept'), 'SSH on an interface of the old name only', BOTH),
    Case('nft-reject-ssh', 'firewall', nftables('tcp dport 22 reject', 'accept'), 'SSH is rejected', BOTH),
    Case('nft-good', 'harmless', nftables('tcp dport { 22, 443 } accept\n        icmp type echo-request accept'), ''),
    Case('nft-not-enabled', 'harmless', nftables('tcp dport 80 accept') + 'systemctl disable nftables 2>/dev/null\n', ''),
    Case('nft-rate-limit', 'harmless', nftables('tcp dport 22 ct state new limit rate 30/minute accept'), ''),
    Case('iptables-if-pre-up', 'firewall', "printf '*filter\\n:INPUT DROP [0:0]\\n-A INPUT -i lo -j ACCEPT\\n-A INPUT -m state --state ESTABLISHED -j ACCEPT\\n"
         "-A INPUT -s 192.168.77.0/24 -p tcp --dport 22 -j ACCEPT\\nCOMMIT\\n' > /etc/iptables.rules; "
         "printf '#!/bin/sh\\n/sbin/iptables-restore < /etc/iptables.rules\\n' > /etc/network/if-pre-up.d/iptables; chmod 755 /etc/network/if-pre-up.d/iptables\n",
         'SSH from the old network only', BOTH),
    Case('iptables-drop', 'firewall', iptables_rules('-A INPUT -p tcp --dport 80 -j ACCEPT'), 'nothing admits SSH', BOTH, 'bookworm-iptables'),
    Case('iptables-old-name', 'firewall', iptables_rules('-A INPUT -i ens192 -p tcp --dport 22 -j ACCEPT'), 'SSH on an interface of the old name only', BOTH,
         'bookworm-iptables'),
    Case('iptables-good', 'harmless', iptables_rules('-A INPUT -p tcp -m multiport --dports 22,80 -j ACCEPT'), '', guest='bookworm-iptables'),
    Case('ufw-deny', 'firewall', 'sed -i s/ENABLED=no/ENABLED=yes/ /etc/ufw/ufw.conf; systemctl enable ufw 2>/dev/null\n', 'nothing admits SSH', BOTH, 'bookworm-firewalls'),
    Case('ufw-old-network', 'firewall', 'ufw allow from 192.168.77.0/24 to any port 22 proto tcp >/dev/null; '
         'sed -i s/ENABLED=no/ENABLED=yes/ /etc/ufw/ufw.conf; systemctl enable ufw 2>/dev/null\n', 'SSH from the old network only', BOTH, 'bookworm-firewalls'),
    Case('ufw-good', 'harmless', 'ufw allow 22/tcp >/dev/null; sed -i s/ENABLED=no/ENABLED=yes/ /etc/ufw/ufw.conf; systemctl enable ufw 2>/dev/null\n',
         '', guest='bookworm-firewalls'),
    Case('firewalld-no-ssh', 'firewall', 'firewall-offline-cmd --remove-service=ssh >/dev/null 2>&1; systemctl enable firewalld 2>/dev/null\n', 'the zone does not admit SSH', BOTH,
         'bookworm-firewalls'),
    Case('firewalld-drop-zone', 'firewall', 'firewall-offline-cmd --set-default-zone=drop >/dev/null 2>&1; systemctl enable firewalld 2>/dev/null\n', 'the zone drops everything',
         BOTH, 'bookworm-firewalls'),
    Case('firewalld-good', 'harmless', 'systemctl enable firewalld 2>/dev/null\n', '', guest='bookworm-firewalls'),
    Case('firewalls-off', 'harmless', 'true', '', guest='bookworm-firewalls'),

    # LVM
    Case('lvm-good', 'harmless', 'true', '', guest='bookworm-lvm'),
    Case('lvm-static', 'network', 'true', 'the address belongs to another network', SNAPSHOT, 'bookworm-lvm', prepared=False),
    Case('lvm-filter', 'lvm', "printf 'devices {\\n  global_filter = [ \"a|^/dev/sd|\", \"r|.*|\" ]\\n}\\n' >> /etc/lvm/lvmlocal.conf; update-initramfs -u 2>&1\n",
         'initramfs: LVM may not look at NVMe disks', BOTH, 'bookworm-lvm'),
    Case('lvm-root-renamed', 'lvm', "sed -i 's#root=/dev/mapper/system-root#root=/dev/mapper/oldvg-root#' /boot/grub/grub.cfg; grep -q oldvg /boot/grub/grub.cfg\n",
         'initramfs: no such volume', BOTH, 'bookworm-lvm'),
    Case('lvm-data-missing', 'lvm', fstab_line('/dev/mapper/data-old /srv/old ext4 defaults 0 2'), 'emergency mode: no such volume', BOTH, 'bookworm-lvm'),
    Case('lvm-backups-disk', 'harmless', fstab_line('/dev/mapper/data-old /srv/old ext4 defaults,nofail,x-systemd.device-timeout=5 0 2'), '', guest='bookworm-lvm'),

    # Read-only root
    Case('root-read-only', 'root', "sed -i 's#errors=remount-ro#ro#' /etc/fstab; grep -q ' / ext4 ro ' /etc/fstab\n", 'the root file system stays read-only'),

    # cloud-init
    Case('cloudinit-good', 'harmless', 'true', '', guest='bookworm-cloudinit'),
    Case('cloudinit-disabled', 'cloud-init', 'touch /etc/cloud/cloud-init.disabled\n', 'keys and host name of EC2 are not taken over', guest='bookworm-cloudinit'),
    Case('cloudinit-no-ec2', 'cloud-init', "echo 'datasource_list: [ OVF, None ]' > /etc/cloud/cloud.cfg.d/99-template.cfg\n", 'keys and host name of EC2 are not taken over',
         guest='bookworm-cloudinit'),
    Case('cloudinit-static', 'network', 'true', 'the address belongs to another network', SNAPSHOT, 'bookworm-cloudinit', prepared=False),

    # Other releases
    Case('bullseye-good', 'harmless', 'true', '', guest='bullseye'),
    Case('bullseye-static', 'network', 'true', 'the address belongs to another network', SNAPSHOT, 'bullseye', prepared=False),
    Case('bullseye-data-by-name', 'fstab', data_line('/dev/sdb1'), 'emergency mode: the data disk gets another name', SNAPSHOT, 'bullseye'),
    Case('trixie-good', 'kernel', 'true', 'the import refuses the kernel', IMAGE, 'trixie'),
    Case('trixie-sshd-disabled', 'sshd', 'systemctl disable ssh 2>/dev/null\n', 'sshd does not start', BOTH, 'trixie'),
    Case('trixie-nft-old-network', 'firewall', nftables(_OLD_NET), 'SSH from the old network only', BOTH, 'trixie'),

    # Combinations
    Case('static-and-firewall', 'combination', nftables(_OLD_NET), 'static address and a firewall for the old network', BOTH, prepared=False),
    Case('fstab-and-key', 'combination', fstab_line(_MISSING) + 'rm /home/admin/.ssh/authorized_keys\n', 'a missing device and no key', BOTH, fix_arguments=_ADD_KEY),
    Case('mac-and-listen', 'combination', udev_name('lan0') + interfaces('auto lan0\niface lan0 inet dhcp') + _SSHD.format('ListenAddress 192.168.77.10'),
         'name bound to the MAC, sshd to the address', BOTH),
    Case('three-mounts', 'combination', data_line('/dev/sdb1') + fstab_line(_MISSING) + fstab_line('/dev/sr0 /media/cdrom iso9660 ro 0 0') + 'mkdir -p /media/cdrom\n',
         'three mounts that are not there', SNAPSHOT),
    Case('lvm-static-and-boot', 'combination', "sed -i 's#^UUID=[^ ]* /boot #/dev/sda1 /boot #' /etc/fstab\n", 'static address and /boot by device name', SNAPSHOT, 'bookworm-lvm',
         prepared=False),
)


def by_name():
    return {case.name: case for case in CASES}


def from_data(rows):
    """Cases of a file that somebody else wrote: name and fault are enough."""
    return [Case(**{'group': 'given', 'breaks': '', **row, **{key: tuple(row[key]) for key in ('fails', 'logins', 'fix_arguments') if key in row}})
            for row in rows]
