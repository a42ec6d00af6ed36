"""One virtual machine under QEMU: source-like or EC2-like hardware, serial log, SSH through a loopback port."""

import dataclasses
import json
import os
import socket
import subprocess
import time
from pathlib import Path

import guests
import processes
import verdict
from processes import HarnessError

_HERE = Path(__file__).resolve().parent
_OVMF = '/usr/share/OVMF/OVMF_CODE_4M.fd'
OVMF_VARS = '/usr/share/OVMF/OVMF_VARS_4M.fd'
_DISK_BUS = {
    'ide': lambda n: ['-device', f'ide-hd,drive=d{n},bus=ide.{n // 2},unit={n % 2}'],
    'lsi': lambda n: (['-device', 'lsi53c895a,id=s0'] if n == 0 else []) +
                     ['-device', f'scsi-hd,drive=d{n},bus=s0.0,scsi-id={n}'],
    'pvscsi': lambda n: (['-device', 'pvscsi,id=s0'] if n == 0 else []) +
                        ['-device', f'scsi-hd,drive=d{n},bus=s0.0,scsi-id={n}'],
}


def _free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def _common(accelerator, guest, disks, nvram):
    command = ['qemu-system-x86_64', '-nodefaults', '-no-user-config', '-display', 'none', '-vga', 'std',
               '-rtc', 'base=utc', '-M', 'pc,usb=off', '-smp', '1', '-m', str(guest.memory), '-accel', accelerator,
               '-cpu', 'qemu64' if accelerator == 'tcg' else 'host', '-monitor', 'none']
    if guest.firmware == 'uefi':
        command += ['-drive', f'if=pflash,format=raw,unit=0,readonly=on,file={_OVMF}',
                    '-drive', f'if=pflash,format=raw,unit=1,file={nvram}']
    for number, disk in enumerate(disks):
        command += ['-drive', f'file={disk},format=qcow2,if=none,id=d{number},cache=unsafe,discard=unmap']
    return command


def _nic(model, mac, network, port, address):
    # restrict=on: the guest reaches nothing; only the forwarded loopback port reaches the guest.
    return ['-netdev', f'user,id=n0,restrict=on,{network},hostfwd=tcp:127.0.0.1:{port}-{address}:22',
            '-device', f'{model},netdev=n0,mac={mac},romfile=']


def source_hardware(accelerator, guest, disks, nvram, port):
    """What a small VMware or Hyper-V host shows its guests: SCSI or IDE disks, e1000, a CD drive."""
    command = _common(accelerator, guest, disks, nvram) + ['-no-reboot']
    for number in range(len(disks)):
        command += _DISK_BUS[guest.bus](number)
    command += ['-device', 'ide-cd,bus=ide.1,unit=1']
    return command + _nic(guest.nic, guests.SOURCE_MAC, 'net=192.168.77.0/24,host=192.168.77.1,dhcpstart=192.168.77.100',
                          port, guests.SOURCE_ADDRESS)


def cloud_hardware(accelerator, guest, disks, nvram, port, metadata_key):
    """What a Nitro instance shows, as near as QEMU comes: NVMe volumes, another card, another MAC, DHCP."""
    command = _common(accelerator, guest, disks, nvram)
    for number in range(len(disks)):
        command += ['-device', f'nvme,drive=d{number},serial=vol{number:017x}' + (',bootindex=0' if number == 0 else '')]
    network, address = 'net=10.0.2.0/24,dhcpstart=10.0.2.15', '10.0.2.15'
    if guest.metadata:
        # The metadata service has to be a neighbour: QEMU's own network has no routes to link-local addresses.
        address = '169.254.10.10'
        network = ('net=169.254.0.0/16,host=169.254.0.2,dhcpstart=169.254.10.10,'
                   f'guestfwd=tcp:169.254.169.254:80-cmd:{_HERE / "metadata.py"} {metadata_key}')
    return command + _nic(guest.cloud_nic, guests.CLOUD_MAC, network, port, address)


class Machine:
    """A running VM. Use as a context manager: it is dead afterwards, whatever happened."""

    def __init__(self, command, port, log, key, control=False):
        self.port, self.log, self.key = port, Path(log), key
        self.log.write_bytes(b'')
        self.errors = open(f'{log}.qemu', 'w+b')
        self.started = time.monotonic()
        command = command + ['-serial', f'file:{log}'] + (['-qmp', 'stdio'] if control else [])
        pipe = subprocess.PIPE if control else subprocess.DEVNULL
        self.process = processes.start(command, stdin=pipe, stdout=pipe if control else self.errors, stderr=self.errors)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        processes.end(self.process)
        self.errors.close()

    def seconds(self):
        return time.monotonic() - self.started

    def serial(self):
        return self.log.read_bytes()

    def complaint(self):
        self.errors.flush()
        return Path(self.errors.name).read_bytes().decode(errors='replace').strip()[-300:]

    def ssh_command(self, user, remote):
        return ['ssh', '-F', '/dev/null', '-i', str(self.key), '-p', str(self.port), '-o', 'IdentitiesOnly=yes',
                '-o', 'IdentityAgent=none', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null',
                '-o', 'LogLevel=ERROR', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=15',
                '-o', 'PreferredAuthentications=publickey', f'{user}@127.0.0.1', remote]

    def ssh(self, user, remote, data=None, timeout=60):
        """(exit code, stdout, stderr); exit code 255 is ssh's own, None is no answer in time."""
        child = processes.start(self.ssh_command(user, remote), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)
        try:
            out, err = child.communicate(data or b'', timeout=processes.patience(timeout))
            return child.returncode, out, err.decode(errors='replace')
        except subprocess.TimeoutExpired:
            return None, b'', f'no answer within {timeout} s'
        finally:
            processes.end(child)

    def _greets(self):
        try:
            with socket.create_connection(('127.0.0.1', self.port), 2) as connection:
                connection.settimeout(4)
                return connection.recv(4) == b'SSH-'
        except OSError:
            return False

    def wait(self, users, limit, full=False):
        """Waits until one of the users gets in by key, or until it is clear that nobody will: verdict.Boot."""
        watch, waited, before = verdict.Watch(limit, full), 0.0, time.monotonic()
        while True:
            # Limits are those of an idle machine: on a busy one the guest's clock runs slower than the wall's.
            now = time.monotonic()
            waited, before = waited + (now - before) / processes.strain(), now
            processes.check_stopping()
            user = self._first_welcome(users, watch) if self._greets() else None
            if user:
                return verdict.Boot('ssh', user, self.seconds())
            if self.process.poll() is not None:
                return verdict.Boot('dead' if self.process.returncode else 'off',
                                    f'the emulator ended with {self.process.returncode} {self.complaint()}', self.seconds())
            boot = watch.judge(self.serial(), waited)
            if boot:
                return dataclasses.replace(boot, seconds=self.seconds())
            time.sleep(0.3)

    def _first_welcome(self, users, watch):
        for user in users:
            code, _, err = self.ssh(user, 'true', timeout=30)
            if code == 0:
                return user
            watch.refused(err)
        return None

    def wait_off(self, timeout=90):
        deadline = time.monotonic() + processes.patience(timeout)
        while self.process.poll() is None:
            processes.check_stopping()
            if time.monotonic() > deadline:
                raise HarnessError(f'the guest did not power off within {timeout} s')
            time.sleep(0.1)

    def qmp(self, command, **arguments):
        """One QEMU monitor command (only with control=True)."""
        self.process.stdin.write(json.dumps({'execute': command, 'arguments': arguments}).encode() + b'\n')
        self.process.stdin.flush()
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise HarnessError('the emulator closed its monitor: ' + self.complaint())
            answer = json.loads(line)
            if 'error' in answer:
                raise HarnessError(f'{command}: {answer["error"]}')
            if 'return' in answer:
                return answer['return']

    def save_state(self, path, timeout=120):
        """Writes the running machine to a file, from which -incoming resumes it in a second."""
        self.qmp('qmp_capabilities')
        self.qmp('migrate-set-parameters', **{'max-bandwidth': 1 << 40, 'downtime-limit': 60000})
        self.qmp('migrate', uri=f'exec:cat > {path}')
        deadline = time.monotonic() + timeout
        while True:
            status = self.qmp('query-migrate')['status']
            if status == 'completed':
                break
            if status == 'failed' or time.monotonic() > deadline:
                raise HarnessError(f'saving the state: {status}')
            time.sleep(0.2)
        self.qmp('quit')
        self.process.wait(30)


def source(accelerator, guest, disks, nvram, log, key, extra=(), control=False):
    port = _free_port()
    return Machine(source_hardware(accelerator, guest, disks, nvram, port) + list(extra), port, log, key, control)


def cloud(accelerator, guest, disks, nvram, log, key):
    port = _free_port()
    return Machine(cloud_hardware(accelerator, guest, disks, nvram, port, f'{key}.pub'), port, log, key)


def overlay(base, path):
    """A disk that holds only what changes against base."""
    processes.run(['qemu-img', 'create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', os.path.abspath(base), str(path)])
    return path
