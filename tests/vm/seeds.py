"""Seeds: a disk with a fresh Debian tree on one ext4 file system, made without a loop device or a mount."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import guests
import processes
from processes import HarnessError

KERNEL_LINE = 'net.ifnames=0 biosdevname=0 console=tty0 console=ttyS0,115200'
_ROOT_MIB = 3072


def mirror():
    """The Debian mirror that this machine itself uses."""
    release = dict(line.split('=', 1) for line in Path('/etc/os-release').read_text().splitlines() if '=' in line)
    codename = release.get('VERSION_CODENAME', '').strip('"')
    _, lines = processes.run(['apt-get', 'indextargets', '--format', '$(REPO_URI) $(RELEASE) $(COMPONENT)',
                              'Created-By: Packages'])
    for line in lines.splitlines():
        words = line.split()
        if words[1:] == [codename, 'main']:
            return words[0]
    raise HarnessError("no Debian mirror for 'main' in this machine's apt sources")


def _environment():
    _, proxy = processes.run(['apt-config', 'shell', 'proxy', 'Acquire::http::Proxy'])
    found = re.search(r"proxy='([^']+)'", proxy)
    return {**os.environ, **({'http_proxy': found.group(1)} if found else {}), 'LC_ALL': 'C.UTF-8'}


def make(guest, work, public_key, say):
    """Leaves seed.qcow2, vmlinuz and initrd.img in work."""
    started = time.monotonic()
    tree = work / 'tree'
    processes.run(['mmdebstrap', '--mode=root', '--variant=minbase', '--include=' + ','.join(guest.all_packages),
                   '--aptopt=APT::Install-Recommends "false"', '--dpkgopt=force-unsafe-io',
                   *(f'--dpkgopt=path-exclude=/usr/share/{part}/*' for part in ('doc', 'man', 'locale')),
                   guest.suite, str(tree), mirror()], timeout=1200, env=_environment())
    _configure(tree, guest, public_key.read_text())
    for name in ('vmlinuz', 'initrd.img'):
        newest = sorted((tree / 'boot').glob(f'{name}-*'))[-1]
        shutil.copyfile(newest, work / name)
    raw = work / 'seed.raw'
    with open(raw, 'wb') as file:
        file.truncate((_ROOT_MIB + 1) << 20)
    _partition(raw)
    # The file system is filled without mounting anything: it works where there is no loop device.
    processes.run(['mke2fs', '-q', '-F', '-t', 'ext4', '-L', 'seed', '-O', '^metadata_csum_seed,^orphan_file', '-d', str(tree),
                   '-E', 'offset=1048576,lazy_itable_init=1,lazy_journal_init=1', str(raw), f'{_ROOT_MIB * 1024}k'])
    processes.run(['qemu-img', 'convert', '-O', 'qcow2', str(raw), str(work / 'seed.qcow2')])
    raw.unlink()
    shutil.rmtree(tree)
    say(f'  tree of {guest.suite} for {guest.name}: {time.monotonic() - started:.0f} s')


def _partition(raw):
    child = processes.start(['sfdisk', '-q', str(raw)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    child.communicate(b'label: dos\n2048,,L,*\n', timeout=60)
    processes.end(child)
    if child.returncode:
        raise HarnessError(f'sfdisk ended with {child.returncode}')


def _write(tree, path, text, mode=0o644):
    file = tree / path.lstrip('/')
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    file.chmod(mode)


def _configure(tree, guest, public_key):
    """A small server as somebody would have set it up: static address, one administrator with a key and sudo."""
    _write(tree, '/etc/hostname', 'sourcevm\n')
    _write(tree, '/etc/hosts', '127.0.0.1 localhost\n127.0.1.1 sourcevm\n')
    _write(tree, '/etc/fstab', '/dev/sda1 / ext4 errors=remount-ro 0 1\n')
    path, mode, text = guests.static_network(guest)
    _write(tree, path, text, mode)
    if guest.network == 'networkd':
        (tree / 'etc/systemd/system/multi-user.target.wants').mkdir(parents=True, exist_ok=True)
        processes.run(['systemctl', f'--root={tree}', 'enable', 'systemd-networkd'])
    _write(tree, '/etc/default/grub', 'GRUB_DEFAULT=0\nGRUB_TIMEOUT=0\nGRUB_DISTRIBUTOR=Debian\n'
           f'GRUB_CMDLINE_LINUX_DEFAULT=""\nGRUB_CMDLINE_LINUX="{KERNEL_LINE}"\n'
           'GRUB_TERMINAL="console serial"\nGRUB_SERIAL_COMMAND="serial --unit=0 --speed=115200"\n')
    processes.run(['chroot', str(tree), 'useradd', '-m', '-s', '/bin/bash', guests.ADMIN])
    # A password that nobody knows: the account is unlocked, as on a server that people log in to.
    processes.run(['chroot', str(tree), 'sh', '-c', f'p=$(head -c 18 /dev/urandom | base64); echo "{guests.ADMIN}:$p" | chpasswd'])
    _write(tree, f'/etc/sudoers.d/{guests.ADMIN}', f'{guests.ADMIN} ALL=(ALL) NOPASSWD: ALL\n', 0o440)
    _write(tree, f'/home/{guests.ADMIN}/.ssh/authorized_keys', public_key, 0o600)
    processes.run(['chroot', str(tree), 'sh', '-c', f'chmod 700 /home/{guests.ADMIN}/.ssh; '
                   f'chown -R {guests.ADMIN}: /home/{guests.ADMIN}/.ssh; '
                   'rm -f /etc/machine-id /var/lib/dbus/machine-id; : > /etc/machine-id; '
                   'rm -f /etc/apt/apt.conf.d/99mmdebstrap; apt-get clean'])
