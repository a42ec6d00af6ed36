"""Applies the model of the import to the stopped-in-time source VM: reads its files, lets import_model change them, writes back."""

import io
import re
import tarfile

import import_model
from import_model import Refused

_COLLECT = r'''
cd /
tar -cf - $(ls -d etc/fstab etc/network/interfaces etc/network/interfaces.d etc/systemd/network etc/netplan \
  etc/NetworkManager/system-connections boot/grub/grub.cfg boot/grub/grub.conf boot/grub/menu.lst boot/grub2/grub.cfg \
  boot/efi/EFI/*/grub.cfg 2>/dev/null) 2>/dev/null || true
'''
_DEVICES = r'''
for link in /dev/disk/by-uuid/*; do [ -e "$link" ] && echo "uuid $link $(readlink -f "$link")"; done
for link in /dev/disk/by-label/*; do [ -e "$link" ] && echo "label $link $(readlink -f "$link")"; done
for link in /dev/disk/by-id/* /dev/disk/by-path/*; do [ -e "$link" ] && echo "alias $link $(readlink -f "$link")"; done
true
'''
# Exit code 0: readable and has the drivers; 10: readable, has not; else unreadable.
_INITRAMFS = r'''
names=$(lsinitramfs '%(image)s' 2>/dev/null) && [ -n "$names" ] || exit 20
grep -q 'kernel/drivers/nvme/host/nvme\.ko' /lib/modules/'%(kernel)s'/modules.builtin && exit 0
case $names in *nvme/host/nvme.ko*) exit 0 ;; esac
exit 10
'''
_ADD_DRIVERS = r'''
printf '%%s\n' xen-blkfront xen-netfront nvme ena >> /etc/initramfs-tools/modules
update-initramfs -u -k '%(kernel)s'
'''


def import_image(shell):
    """Changes the guest as import-image would; Refused where the import would end with an error."""
    files = _files(shell)
    grub_cfgs = {path: text for path, text in files.items() if re.search(r'grub\.cfg$|grub\.conf$|menu\.lst$', path)}
    kernel, image = default_entry(grub_cfgs.get('/boot/grub/grub.cfg', ''))
    code = shell.run(_INITRAMFS % {'image': image, 'kernel': kernel}, timeout=180, check=False)[0] if image else 20
    import_model.check_importable(files.get('/etc/fstab'), grub_cfgs, kernel, code in (0, 10))
    uuids, labels = _devices(shell)
    changed = import_model.import_files(files, uuids, labels)
    for path, text in changed.items():
        shell.write(path, text.encode('utf-8', 'surrogateescape'))
    if code == 10:
        shell.run(_ADD_DRIVERS % {'kernel': kernel}, timeout=400)
    return sorted(changed) + (['initramfs'] if code == 10 else [])


def _files(shell):
    _, archive = shell.run(_COLLECT)
    files = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            if member.isfile():
                files['/' + member.name] = tar.extractfile(member).read().decode('utf-8', 'surrogateescape')
    return files


def default_entry(grub_cfg):
    """(kernel version, path of its initramfs) of the first entry: the one that the import makes the default."""
    linux = re.search(r'^\s*linux\S*\s+(\S*/vmlinuz-(\S+))', grub_cfg, re.M)
    if not linux:
        raise Refused('Unable to determine kernel version')
    initrd = re.search(r'^\s*initrd\S*\s+(\S+)', grub_cfg[linux.end():], re.M)
    path = initrd.group(1) if initrd else ''
    return linux.group(2), path if path.startswith('/boot/') or not path else '/boot' + path


def _devices(shell):
    _, output = shell.run(_DEVICES)
    rows = [line.split(' ') for line in output.decode(errors='replace').splitlines()]
    by_node = {node: link.rsplit('/', 1)[1] for kind, link, node in rows if kind == 'uuid'}
    uuids = dict(by_node)
    uuids.update({link: by_node[node] for kind, link, node in rows if kind == 'alias' and node in by_node})
    return uuids, [link.rsplit('/', 1)[1] for kind, link, _ in rows if kind == 'label']
