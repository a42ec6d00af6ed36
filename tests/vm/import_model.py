"""A small model of what AWS documents that import-image changes in a Linux guest, and of what it refuses.

Source: VM Import/Export User Guide, "Programmatic modifications made to VMs" and "Troubleshooting VM Import/Export".
Only documented changes are made; what the documentation leaves open is decided against the guest (the change is not
made), with one exception that README.md names. The transformations are pure: text in, text out."""

import re

_DEVICE_NAME = re.compile(r'/dev/(sd|hd|vd|xvd|nvme)[a-z0-9]+$|/dev/(cciss/|disk/by-(id|path)/)')
_OTHER_TYPES = {'cifs', 'smbfs', 'smb3', 'vboxsf', 'vmhgfs', 'sshfs', 'glusterfs', 'ceph', '9p', 'virtiofs', 'prl_fs', 'nfs', 'nfs4'}
_OTHER_TYPE_PREFIX = 'fuse.'
# Debian releases' kernels in the list of supported operating systems, by base version.
_DEBIAN_KERNELS = {'2.6.32', '3.2.0', '4.19.0', '5.10.0', '6.1.0'}


class Refused(Exception):
    """The import would end with this documented error."""


# /etc/fstab: "commenting out invalid entries and replacing device names with UUIDs. If no matching UUID can be found for
# a device, the nofail option is added. Entries that contain non-standard file system types will be disabled."

def import_fstab(text, uuids, labels=()):
    """uuids: device name (as fstab may write it) -> UUID of what is there. labels: the LABELs that exist."""
    return ''.join(_import_fstab_line(line, uuids, labels) for line in text.splitlines(keepends=True))


def _import_fstab_line(line, uuids, labels):
    fields = line.split()
    if not fields or fields[0].startswith('#'):
        return line
    if len(fields) < 3:
        return '#' + line
    spec, _, kind = fields[:3]
    if kind in _OTHER_TYPES or kind.startswith(_OTHER_TYPE_PREFIX):
        return '#' + line
    if _DEVICE_NAME.match(spec):
        if spec in uuids:
            return line.replace(spec, 'UUID=' + uuids[spec], 1)
        return _with_nofail(line, fields)
    if spec.startswith('UUID=') and spec[5:].strip('"') not in uuids.values():
        return '#' + line
    if spec.startswith('LABEL=') and spec[6:].strip('"') not in labels:
        return '#' + line
    return line


def _with_nofail(line, fields):
    if len(fields) < 4:
        return line.rstrip() + ' nofail\n'
    if 'nofail' in fields[3].split(','):
        return line
    before, after = line.split(fields[2], 1)
    return before + fields[2] + after.replace(fields[3], fields[3] + ',nofail', 1)


# Network: "modifying network scripts to replace static IPs with dynamic IPs"

def import_interfaces(text):
    """/etc/network/interfaces"""
    out, inside = [], False
    for line in text.splitlines(keepends=True):
        words = line.split()
        if words[:1] and words[0] in ('iface', 'auto', 'mapping', 'source', 'source-directory') or words[:1] and words[0].startswith('allow-'):
            inside = words[0] == 'iface' and words[2:4] == ['inet', 'static']
            line = re.sub(r'\bstatic\b', 'dhcp', line) if inside else line
        elif inside and words and words[0] in ('address', 'netmask', 'gateway', 'broadcast', 'network', 'pointopoint', 'metric'):
            continue
        out.append(line)
    return ''.join(out)


def import_networkd(text):
    """/etc/systemd/network/*.network"""
    lines = text.splitlines(keepends=True)
    if not any(re.match(r'\s*Address\s*=', line) for line in lines):
        return text
    out, section = [], ''
    for line in lines:
        header = re.match(r'\s*\[(\w+)\]', line)
        section = header.group(1) if header else section
        if section in ('Address', 'Route') or re.match(r'\s*(Address|Gateway|DHCP)\s*=', line):
            continue
        out.append(line)
        if header and section == 'Network':
            out.append('DHCP=yes\n')
    return ''.join(out)


def import_keyfile(text):
    """/etc/NetworkManager/system-connections/*"""
    out, section = [], ''
    for line in text.splitlines(keepends=True):
        header = re.match(r'\s*\[([^]]+)\]', line)
        section = header.group(1) if header else section
        if section == 'ipv4':
            if re.match(r'\s*(address(es)?\d*|gateway|route\d+)\s*=', line):
                continue
            line = re.sub(r'^(\s*method\s*=\s*)manual\b', r'\1auto', line)
        out.append(line)
    return ''.join(out)


def import_netplan(text):
    """/etc/netplan/*.yaml, in block style; flow style is left alone"""
    lines, out, skip = text.splitlines(keepends=True), [], None
    for line in lines:
        if not line.strip() or line.lstrip().startswith('#'):
            out.append(line)
            continue
        indent = len(line) - len(line.lstrip())
        if skip is not None and (indent > skip or indent == skip and line.lstrip().startswith('- ')):
            continue
        skip = None
        key = line.split(':')[0].strip()
        if key in ('addresses', 'gateway4', 'routes') and indent >= 4:
            skip = indent
            if key == 'addresses':
                out.append(' ' * indent + 'dhcp4: true\n')
            continue
        if key == 'dhcp4' and re.search(r'^ *addresses:', text, re.M):
            continue
        out.append(line)
    return ''.join(out)


# GRUB: "modifying grub bootloader settings such as the default entry and timeout"

def import_grub_cfg(text):
    """The first entry is the default and nobody has to press a key."""
    text = re.sub(r'^(\s*)set timeout=\S+', r'\1set timeout=1', text, flags=re.M)
    return re.sub(r'^(\s*)set default=.*$', r'\1set default="0"', text, flags=re.M)


# What it refuses -----------------------------------------------------------------------------------------------------

def check_importable(fstab, grub_cfgs, kernel, initramfs_readable):
    """Raises Refused. grub_cfgs: path -> text of every GRUB configuration that is there."""
    if fstab is None:
        raise Refused('Could not read fstab')
    if not any(line.split()[1:2] == ['/'] for line in fstab.splitlines() if not line.lstrip().startswith('#')):
        raise Refused('Could not read fstab: no root file system in it')
    if not grub_cfgs:
        raise Refused('No GRUB configuration found')
    full = {text for path, text in grub_cfgs.items() if 'configfile' not in text}
    if len(full) > 1:
        raise Refused('Multiple different grub.cfg files found')
    base = kernel.split('-')[0]
    if '.'.join((base.split('.') + ['0'])[:3]) not in _DEBIAN_KERNELS:
        raise Refused(f'Unsupported kernel version {kernel}')
    if not initramfs_readable:
        raise Refused('unable to read initramfs/initrd')


TEXT_RULES = (
    ('/etc/network/interfaces', import_interfaces),
    ('/etc/network/interfaces.d/', import_interfaces),
    ('/etc/systemd/network/', lambda text: import_networkd(text) if '[Network]' in text else text),
    ('/etc/NetworkManager/system-connections/', import_keyfile),
    ('/etc/netplan/', import_netplan),
    ('/boot/grub/grub.cfg', import_grub_cfg),
)


def import_files(files, uuids, labels):
    """path -> text in, the changed ones out."""
    changed = {}
    for path, text in files.items():
        new = import_fstab(text, uuids, labels) if path == '/etc/fstab' else text
        for prefix, rule in TEXT_RULES:
            if path == prefix or prefix.endswith('/') and path.startswith(prefix):
                new = rule(text)
        if new != text:
            changed[path] = new
    return changed
