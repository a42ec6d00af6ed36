"""Guest images from Debian packages: a tree, a disk with it, a first boot that installs GRUB for real, a warm state.

Everything lies in the cache under a name that holds a digest of what it was made from."""

import fcntl
import hashlib
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import guests
import layouts
import machine
import processes
import seeds
from processes import HarnessError
from shell import RootShell

_HERE = Path(__file__).resolve().parent
_BOOT_LIMIT = 420


@dataclass(frozen=True)
class Image:
    """A guest as it lies in the cache: disks, firmware variables and the state of the running source VM."""
    guest: guests.Guest
    directory: Path
    key: Path

    @property
    def disks(self):
        return [self.directory / 'root.qcow2', self.directory / 'data.qcow2']

    @property
    def state(self):
        return self.directory / 'warm.state'

    @property
    def nvram(self):
        return self.directory / 'nvram.fd'


class Cache:
    """Seeds (disks with a fresh tree) and images (installed, booted once, warm)."""

    def __init__(self, root, scratch, accelerator, say):
        self.root, self.scratch, self.accelerator, self.say = Path(root), Path(scratch), accelerator, say
        self.root.mkdir(parents=True, exist_ok=True)
        self.key = self.root / 'id_ed25519'
        with self._locked('key'):
            if not self.key.exists():
                processes.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'lab', '-f', str(self.key)])
        _, self._emulator = processes.run(['qemu-system-x86_64', '--version'])

    def image_directory(self, guest):
        """Where the image of a guest lies or will lie."""
        # A saved state fits only the very emulator that wrote it.
        return self.root / f'{guest.name}-{_digest(self._seed_recipe(guest) + [repr(guest), _text("layouts.py"), self._emulator, self.accelerator])}'

    def image(self, guest):
        def make(work):
            _install(guest, self._seed(guest), work, self)
        return Image(guest, self._made(self.image_directory(guest), make), self.key)

    def _seed_recipe(self, guest):
        return [repr((guest.suite, guest.all_packages, guests.static_network(guest))), _text('seeds.py'), self.public_key.read_text()]

    def _seed(self, guest):
        def make(work):
            seeds.make(guest, work, self.public_key, self.say)
        return self._made(self.root / f'seed-{guest.name}-{_digest(self._seed_recipe(guest))}', make)

    def _made(self, directory, make):
        """The directory, made first where it is not there; what an older recipe left is removed."""
        name, digest = directory.name.rsplit('-', 1)
        with self._locked(name):
            if not directory.exists():
                for old in self.root.glob(name + '-' + '?' * len(digest)):
                    shutil.rmtree(old)
                work = self.scratch / f'building-{name}'
                shutil.rmtree(work, ignore_errors=True)
                work.mkdir()
                make(work)
                work.rename(directory)
        return directory

    @property
    def public_key(self):
        return self.key.with_suffix('.pub')

    @contextmanager
    def _locked(self, name):
        locks = self.root / 'locks'
        locks.mkdir(exist_ok=True)
        with open(locks / name, 'w') as file:
            while True:
                processes.check_stopping()
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    time.sleep(0.5)
            yield


def _text(name):
    return (_HERE / name).read_text()


def _digest(parts):
    return hashlib.sha256('\0'.join(parts).encode()).hexdigest()[:12]


def _install(guest, seed, work, cache):
    started = time.monotonic()
    root, data, nvram = work / 'root.qcow2', work / 'data.qcow2', work / 'nvram.fd'
    processes.run(['qemu-img', 'create', '-q', '-f', 'qcow2', str(root), f'{layouts.DISK_MIB}M'])
    processes.run(['qemu-img', 'create', '-q', '-f', 'qcow2', str(data), '128M'])
    shutil.copyfile(machine.OVMF_VARS, nvram)
    _first_boot(guest, seed, [machine.overlay(seed / 'seed.qcow2', work / 'seed.qcow2'), root, data], work, cache)
    installed = time.monotonic()
    _warm(guest, [root, data], nvram, work, cache)
    (work / 'seed.qcow2').unlink()
    cache.say(f'  {guest.name}: installed in {installed - started:.0f} s, warm after {time.monotonic() - installed:.0f} s')


def _first_boot(guest, seed, disks, work, cache):
    """Starts the seed's kernel directly; inside it the distribution's own tools make the real disk."""
    installer = guests.Guest(name='installer', about='', nic=guest.nic, bus='pvscsi', memory=768)
    kernel = ['-kernel', str(seed / 'vmlinuz'), '-initrd', str(seed / 'initrd.img'),
              '-append', f'root=/dev/sda1 rw {seeds.KERNEL_LINE}']
    with machine.source(cache.accelerator, installer, disks, None, work / 'install.log', cache.key, kernel) as vm:
        _expect_ssh(vm, 'the first boot')
        with RootShell(vm) as shell:
            shell.run('date -s @%d' % time.time())
            shell.run(layouts.script(guest), timeout=900)
            shell.start('sync; systemctl poweroff')
            vm.wait_off()


def _warm(guest, disks, nvram, work, cache):
    with machine.source(cache.accelerator, guest, disks, nvram, work / 'warm.log', cache.key, control=True) as vm:
        _expect_ssh(vm, 'the installed guest')
        with RootShell(vm) as shell:
            shell.run('systemctl is-system-running --wait || true; sync; echo 3 > /proc/sys/vm/drop_caches', timeout=200)
        time.sleep(1)
        vm.save_state(work / 'warm.state')


def _expect_ssh(vm, what):
    boot = vm.wait([guests.ADMIN], _BOOT_LIMIT)
    if not boot.reachable:
        raise HarnessError(f'{what} did not come up: {boot.outcome}, {boot.why}; its console: {vm.log}')


def usable_accelerator(kvm_wanted, cache_root):
    """kvm only where a kernel was seen to start under it: on some machines /dev/kvm opens and guests hang."""
    kernels = sorted([*Path(cache_root).glob('seed-*/vmlinuz'), *Path('/boot').glob('vmlinuz-*')])
    return 'kvm' if kvm_wanted and kernels and _kvm_boots(kernels[-1]) else 'tcg'


def _kvm_boots(kernel, patience=20):
    vm = processes.start(['qemu-system-x86_64', '-accel', 'kvm', '-cpu', 'host', '-nodefaults', '-display', 'none', '-m', '256', '-no-reboot',
                          '-kernel', str(kernel), '-append', 'console=ttyS0 panic=-1', '-serial', 'stdio'],
                         stdin=processes.NOTHING, stdout=processes.PIPE, stderr=processes.NOTHING)
    try:
        return processes.says(vm, b'Linux version', patience)
    finally:
        processes.end(vm)
