"""The guests of the lab, as data: what they are made of and what hardware they know."""

from dataclasses import dataclass

SOURCE_ADDRESS = '192.168.77.10'
SOURCE_MAC = '00:50:56:aa:bb:01'
CLOUD_MAC = '02:1d:0f:00:00:77'
ADMIN = 'admin'

_BASE = ('systemd', 'systemd-sysv', 'udev', 'dbus', 'openssh-server', 'iproute2', 'iptables', 'nftables',
         'initramfs-tools', 'linux-image-amd64', 'kmod', 'e2fsprogs', 'fdisk', 'grub-pc-bin', 'grub2-common',
         'procps', 'sudo', 'netbase', 'iputils-ping')
_NETWORK_PACKAGES = {
    'ifupdown': ('ifupdown', 'isc-dhcp-client'),
    'networkd': (),
    'netplan': ('netplan.io',),
    'networkmanager': ('network-manager',),
}


@dataclass(frozen=True)
class Guest:
    name: str
    about: str
    suite: str = 'bookworm'
    network: str = 'ifupdown'        # ifupdown | networkd | netplan | networkmanager
    layout: str = 'plain'            # plain (MBR, one root) | lvm (MBR, /boot, root on LVM) | uefi (GPT, ESP)
    packages: tuple = ()             # beyond those of every guest
    setup: str = ''                  # shell, run as root at the first boot
    bus: str = 'ide'                 # the source's disk: ide | lsi | pvscsi
    nic: str = 'e1000'               # the source's network card
    cloud_nic: str = 'virtio-net-pci'
    metadata: bool = False           # the EC2-like network answers at 169.254.169.254
    memory: int = 512

    @property
    def firmware(self):
        return 'uefi' if self.layout == 'uefi' else 'bios'

    @property
    def all_packages(self):
        layout = {'lvm': ('lvm2',), 'uefi': ('grub-efi-amd64-bin', 'dosfstools')}.get(self.layout, ())
        return _BASE + _NETWORK_PACKAGES[self.network] + layout + self.packages


_INTERFACES = '''auto lo
iface lo inet loopback

auto eth0
iface eth0 inet '''
_KEYFILE = '''[connection]
id=eth0
uuid=6f0a1c2e-8f0d-4a53-9a55-2f3f5d0c7b11
type=ethernet
interface-name=eth0

[ipv4]
'''
_STATIC = {
    'ifupdown': ('/etc/network/interfaces', 0o644,
                 _INTERFACES + 'static\n    address 192.168.77.10/24\n    gateway 192.168.77.1\n'),
    'networkd': ('/etc/systemd/network/10-eth0.network', 0o644,
                 '[Match]\nName=eth0\n\n[Network]\nAddress=192.168.77.10/24\nGateway=192.168.77.1\n'),
    'netplan': ('/etc/netplan/01-eth0.yaml', 0o600,
                'network:\n  version: 2\n  renderer: networkd\n  ethernets:\n    eth0:\n      addresses:\n'
                '        - 192.168.77.10/24\n      routes:\n        - to: default\n          via: 192.168.77.1\n'),
    'networkmanager': ('/etc/NetworkManager/system-connections/eth0.nmconnection', 0o600,
                       _KEYFILE + 'method=manual\naddress1=192.168.77.10/24,192.168.77.1\n\n[ipv6]\nmethod=ignore\n'),
}
_DHCP = {
    'ifupdown': _INTERFACES + 'dhcp\n',
    'networkd': '[Match]\nName=eth0\n\n[Network]\nDHCP=yes\n',
    'netplan': 'network:\n  version: 2\n  renderer: networkd\n  ethernets:\n    eth0:\n      dhcp4: true\n',
    'networkmanager': _KEYFILE + 'method=auto\n\n[ipv6]\nmethod=ignore\n',
}


def static_network(guest):
    """(path, mode, text) of the address that the source VM has."""
    return _STATIC[guest.network]


def dhcp_script(guest):
    """Shell that prepares the guest's network for EC2 the way a careful operator does: the next boot asks DHCP."""
    path, _, _ = _STATIC[guest.network]
    return f"cat > {path} <<'LAB_EOF'\n{_DHCP[guest.network]}LAB_EOF\n"


_FIREWALLS_OFF = '''systemctl disable --now firewalld nftables ufw 2>/dev/null
ufw --force disable >/dev/null
'''
_IPTABLES_OFF = '''systemctl disable --now nftables netfilter-persistent 2>/dev/null
rm -f /etc/iptables/rules.v4 /etc/iptables/rules.v6
'''

# Source clouds ship templates like this one: cloud-init is there and was told to keep its hands off.
_CLOUD_OFF = '''printf 'datasource_list: [ Ec2, None ]\\n' > /etc/cloud/cloud.cfg.d/90_dpkg.cfg
'''

GUESTS = {guest.name: guest for guest in (
    Guest('bookworm', 'Debian 12, BIOS, MBR, ext4 root, swap and data disk, ifupdown, IDE'),
    Guest('bookworm-firewalls', 'the same with ufw and firewalld, both off', packages=('ufw', 'firewalld'), setup=_FIREWALLS_OFF),
    # Debian's ufw and iptables-persistent refuse each other.
    Guest('bookworm-iptables', 'the same with iptables-persistent, off', packages=('iptables-persistent',), setup=_IPTABLES_OFF),
    Guest('bookworm-lvm', 'Debian 12, BIOS, MBR, /boot apart, root on LVM, data disk, ifupdown, paravirtual SCSI',
          layout='lvm', bus='pvscsi'),
    Guest('bookworm-uefi', 'Debian 12, UEFI, GPT, systemd-networkd, IDE',
          layout='uefi', network='networkd', cloud_nic='e1000e'),
    Guest('bookworm-netplan', 'Debian 12, BIOS, netplan, LSI SCSI', network='netplan', bus='lsi'),
    Guest('bookworm-nm', 'Debian 12, BIOS, NetworkManager, e1000e in the cloud', network='networkmanager',
          cloud_nic='e1000e'),
    Guest('bookworm-cloudinit', 'Debian 12, BIOS, ifupdown, cloud-init, EC2 metadata', metadata=True,
          packages=('cloud-init',), setup=_CLOUD_OFF),
    Guest('bullseye', 'Debian 11 with ifupdown', suite='bullseye'),
    Guest('trixie', 'Debian 13 with ifupdown', suite='trixie'),
)}
