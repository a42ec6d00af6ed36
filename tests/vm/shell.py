"""A root shell in the source VM that stays open while the guest's accounts, keys, sshd and firewall are being broken."""

import base64
import os
import secrets
import select
import subprocess
import time

import guests
import processes
from processes import HarnessError

AGENT = '/dev/shm/guestprep'
_SCRIPT, _OUTPUT = '/dev/shm/lab.script', '/dev/shm/lab.output'


class RootShell:
    """Commands go through one SSH session that was opened before the fault: a fault may well forbid a second one."""

    def __init__(self, machine):
        self._child = processes.start(machine.ssh_command(guests.ADMIN, 'exec sudo -n sh'), stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self._rest = b''

    def __enter__(self):
        return self

    def __exit__(self, *_):
        processes.end(self._child, patience=2)
        self._child.stdin.close()
        self._child.stdout.close()

    def run(self, script, timeout=120, check=True):
        """(exit code, stdout and stderr as bytes) of a shell script that reads no input."""
        mark = secrets.token_hex(8)
        encoded = base64.b64encode(script.encode()).decode()
        line = (f'printf %s {encoded} | base64 -d >{_SCRIPT}; sh {_SCRIPT} </dev/null >{_OUTPUT} 2>&1; '
                f'code=$?; echo "{mark} $code $(base64 -w0 <{_OUTPUT})"\n')
        try:
            self._child.stdin.write(line.encode())
            self._child.stdin.flush()
        except OSError as error:
            raise HarnessError(f'the root shell is closed: {error}') from None
        _, code, output = (self._line_with(mark, timeout).split(b' ', 2) + [b''])[:3]
        output = base64.b64decode(output)
        if check and int(code):
            raise HarnessError(f'a script in the source VM ended with {int(code)}: {output[-400:].decode(errors="replace")}')
        return int(code), output

    def start(self, script):
        """Runs a script that nobody waits for."""
        encoded = base64.b64encode(script.encode()).decode()
        self._child.stdin.write(f'printf %s {encoded} | base64 -d >{_SCRIPT}; '
                                f'setsid sh {_SCRIPT} </dev/null >/dev/null 2>&1 &\n'.encode())
        self._child.stdin.flush()

    def write(self, path, data):
        """A small file; mode and owner of an existing one stay."""
        self.run(f"printf %s {base64.b64encode(data).decode()} | base64 -d > '{path}'")

    def _line_with(self, mark, timeout):
        deadline = time.monotonic() + processes.patience(timeout)
        while True:
            while b'\n' in self._rest:
                line, self._rest = self._rest.split(b'\n', 1)
                if line.startswith(mark.encode()):
                    return line
            processes.check_stopping()
            if time.monotonic() > deadline:
                raise HarnessError(f'a script in the source VM took longer than {timeout} s')
            if select.select([self._child.stdout], [], [], 1)[0]:
                piece = os.read(self._child.stdout.fileno(), 1 << 20)
                if not piece:
                    raise HarnessError('the root shell in the source VM ended: ' + self._rest[-200:].decode(errors='replace'))
                self._rest += piece


def put_agent(machine, agent):
    """Copies the program over SSH's standard input, the way an operator without a share does; into memory, not onto the disk."""
    with open(agent, 'rb') as file:
        code, _, err = machine.ssh(guests.ADMIN, f'sudo -n sh -c "cat > {AGENT} && chmod 755 {AGENT}"', file.read(), 180)
    if code:
        raise HarnessError(f'the agent could not be copied: {err.strip()[-200:]}')
