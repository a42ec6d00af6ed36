"""Runs a case: break a source VM, ask the agent, move the disk to EC2-like hardware, see who is right."""

import dataclasses
import hashlib
import json
import shlex
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import guests
import import_model
import importer
import machine
import processes
import shell as shells
import verdict
from import_model import Refused
from processes import HarnessError
from verdict import Boot

ROUTES = ('snapshot', 'image')
_RESUME_LIMIT = 150
_KEPT_MOUNTS = {'ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'jfs', 'vfat'}
_LOOK = r'''cat /proc/self/mounts; echo ==; cat /proc/swaps; echo ==; systemctl list-units --failed --plain --no-legend | cut -d' ' -f1; echo ==; sudo -n true && echo root'''
# What a fix may touch. /var is left out: logs, the journal and the agent's own records live there.
_MANIFEST = r'''
find /etc /boot /root /home /usr/local /usr/lib/modules /var/spool/cron -xdev ! -path '*/.bash_history' \
  -printf '%p|%y|%m|%U:%G|%l\n' 2>/dev/null | sort
find /etc /boot /root /home /usr/local -xdev -type f -size -64M -print0 2>/dev/null | sort -z | xargs -0 md5sum
'''


@dataclass
class Route:
    """One route of one case: what was said before the import, what came of it."""
    said: verdict.Said | None = None
    boot: Boot | None = None
    model: list = field(default_factory=list)
    error: str = ''
    seconds: float = 0

    @property
    def worth(self):
        if self.error:
            return 'harness'
        return verdict.compare(self.said, self.boot) if self.said else 'not-asked'


@dataclass
class Audits:
    routes: dict = field(default_factory=dict)
    error: str = ''
    seconds: float = 0


@dataclass
class Fix:
    """The same case after guestprep fix."""
    route: str
    include: list = field(default_factory=list)
    exit_code: int | None = None
    said: verdict.Said | None = None
    boot: Boot | None = None
    undo_difference: list | None = None      # None: undo was not reached
    error: str = ''
    seconds: float = 0


@dataclass
class Result:
    case: object
    routes: dict = field(default_factory=dict)
    fix: Fix | None = None

    def problems(self):
        """Every reason why the lab has to fail, in words."""
        out = []
        for name, route in self.routes.items():
            expected = name not in self.case.fails
            if route.error:
                out.append(f'harness ({name}): {route.error}')
            elif route.boot.reachable != expected:
                out.append(f'expectation ({name}): should {"" if expected else "not "}be reachable, was {route.boot.outcome} {route.boot.why}')
            if route.worth in ('miss', 'false-alarm', 'undetermined', 'silent-loss'):
                out.append(f'{route.worth} ({name}): {describe(route)}')
        return out + (fix_problems(self.fix) if self.fix else [])


def describe(route):
    names = {'not-ready': route.said.blockers, 'undetermined': route.said.unknown}.get(route.said.verdict, ())
    said = '; '.join(f'{name} = {route.said.texts.get(name, "")}' for name in names) or 'nothing stands in the way'
    lost = f', lost {" ".join(route.boot.lost)}' if route.boot.lost else ''
    return f'the agent says {route.said.verdict}: {said}; the boot: {route.boot.outcome} {route.boot.why}{lost}'


def fix_problems(fix):
    if fix.error:
        return [f'harness (fix): {fix.error}']
    out = []
    if fix.undo_difference:
        out.append('undo: the tree differs: ' + ', '.join(fix.undo_difference[:6]))
    if fix.said and fix.said.verdict == 'ready' and not fix.boot.reachable:
        out.append(f'miss after fix: ready, but {fix.boot.outcome} {fix.boot.why}')
    if fix.said and fix.said.verdict == 'ready' and fix.boot.lost:
        out.append(f'mounts lost after fix: {" ".join(fix.boot.lost)}')
    if fix.said and fix.said.verdict != 'ready':
        left = [name for name in fix.said.blockers + fix.said.unknown if name in fix.said.fixers]
        if left or fix.boot.reachable:
            out.append(f'fix incomplete: {fix.said.verdict}, left {" ".join(fix.said.blockers + fix.said.unknown)}, boot {fix.boot.outcome}')
    if fix.exit_code not in (0, 1, 2):
        out.append(f'fix ended with {fix.exit_code}')
    return out


class Lab:
    """Everything that the cases of one run share."""

    def __init__(self, cache, scratch, logs, agent, target, limit, full, can_fix, boots='measure'):
        self.cache, self.scratch, self.logs = cache, Path(scratch), Path(logs)
        self.agent, self.target, self.limit, self.full = agent, target, limit, full
        self.can_fix, self.boots = can_fix, boots
        self.logs.mkdir(parents=True, exist_ok=True)
        self._images = {}

    def build(self, guest_name):
        """Makes the image of a guest, once; what went wrong is told by every case of that guest."""
        started = time.monotonic()
        for _ in (1, 2):
            try:
                self._images[guest_name] = self.cache.image(guests.GUESTS[guest_name])
                return time.monotonic() - started
            except (HarnessError, OSError) as error:
                processes.check_stopping()
                self._images[guest_name] = HarnessError(f'no image of {guest_name}: {error}')
        return time.monotonic() - started

    def _image(self, case):
        image = self._images[case.guest]
        if isinstance(image, HarnessError):
            raise image
        return image

    def run(self, case, routes, with_fix):
        """Never raises but Stopped: harness errors are in the result."""
        result = Result(case)
        known = {route: boot for route in routes if (boot := self._known_boot(case, route))}
        if known:
            audits = self._twice(Audits, lambda out: self._audits(case, known, out))
            result.routes.update({route: Route(error=audits.error) for route in known} if audits.error else audits.routes)
        for route in routes:
            if route not in result.routes:
                result.routes[route] = self._twice(Route, lambda out, name=route: self._truth(case, name, out))
        if with_fix and self.can_fix:
            route = self._route_to_fix(result)
            if route:
                before = result.routes[route].said
                result.fix = self._twice(lambda: Fix(route), lambda out: self._fix(case, before, out))
        return result

    def _twice(self, make, work):
        """A harness error is tried again once. A verdict never is."""
        for _ in (1, 2):
            started, out = time.monotonic(), make()
            try:
                work(out)
                out.seconds = time.monotonic() - started
                return out
            except (HarnessError, OSError, ValueError, KeyError) as error:
                processes.check_stopping()
                out.error = str(error) if isinstance(error, HarnessError) else f'{type(error).__name__}: {error}'
                out.seconds = time.monotonic() - started
        return out

    def _route_to_fix(self, result):
        for name, route in result.routes.items():
            if not route.error and route.said and route.said.verdict != 'ready':
                return name
        return None

    # Boots that need not be repeated: the agent has no part in them

    def _known_boot(self, case, route):
        if self.boots == 'measure' or not self.agent:
            return None
        record = self._record(case, route)
        if record.exists():
            return Boot(**json.loads(record.read_text()))
        if self.boots == 'assumed':
            return Boot('assumed' if route in case.fails else 'ssh', 'assumed, not booted')
        return None

    def _record(self, case, route):
        """Where a measured boot is kept: under everything that it depends on."""
        parts = [str(self._image(case).directory), case.fault, str(case.prepared), repr(case.logins), route]
        if route == 'image':
            parts += [Path(module.__file__).read_text() for module in (import_model, importer)]
        digest = hashlib.sha256('\0'.join(parts).encode()).hexdigest()[:16]
        return self.cache.root / 'boots' / f'{case.name}-{route}-{digest}.json'

    def _remember(self, case, route, boot):
        record = self._record(case, route)
        record.parent.mkdir(exist_ok=True)
        record.write_text(json.dumps(dataclasses.asdict(boot)))

    def _audits(self, case, known, out):
        """The verdicts on all routes in one source VM, for boots that are known."""
        with self._disks(case) as disks, self._broken_source(case, disks, f'{case.name}-audit') as (_, shell, _):
            for route, boot in known.items():
                out.routes[route] = Route(self._audit(shell, route), boot)

    # One route without a fix

    def _truth(self, case, route, out):
        with self._disks(case) as disks:
            with self._broken_source(case, disks, f'{case.name}-{route}') as (vm, shell, wanted):
                if self.agent:
                    out.said = self._audit(shell, route)
                refused = self._import(shell, route, out)
                if refused is None:
                    self._power_off(vm, shell)
            out.boot = refused or self._cloud_boot(case, disks, f'{case.name}-{route}', wanted)
            self._remember(case, route, out.boot)

    def _import(self, shell, route, out):
        if route != 'image':
            return None
        try:
            out.model = importer.import_image(shell)
        except Refused as error:
            return Boot('refused', str(error))
        return None

    # The same with the agent's fix

    def _fix(self, case, before, out):
        with self._disks(case) as disks:
            with self._broken_source(case, disks, f'{case.name}-fix') as (vm, shell, wanted):
                out.include = [name for name, kind in before.fixers.items() if kind == 'opt-in']
                tree = self._manifest(shell)
                self._run_fix(case, shell, out)
                shell.run(f'{shells.AGENT} undo --quiet >/dev/shm/undo.log 2>&1 || true', timeout=400)
                out.undo_difference = sorted(line for line in self._manifest(shell) ^ tree)
                self._run_fix(case, shell, out)
                out.said = self._audit(shell, out.route)
                refused = self._import(shell, out.route, Route())
                if refused is None:
                    self._power_off(vm, shell)
            out.boot = refused or self._cloud_boot(case, disks, f'{case.name}-fix', wanted)

    def _run_fix(self, case, shell, out):
        include = ['--include', ','.join(out.include)] if out.include else []
        arguments = ['fix', '--route', out.route, '--target', self.target, '--quiet', *include, *case.fix_arguments]
        shell.write('/dev/shm/lab.pub', self.cache.public_key.read_bytes())
        out.exit_code, text = shell.run(shells.AGENT + ' ' + ' '.join(map(shlex.quote, arguments)), timeout=600, check=False)
        (self.logs / f'{case.name}-fix.txt').write_bytes(text)

    def _manifest(self, shell):
        _, text = shell.run(_MANIFEST, timeout=300, check=False)
        return set(text.decode(errors='replace').splitlines())

    # Parts

    @contextmanager
    def _disks(self, case):
        """Overlays of the guest's disks; what a case writes costs only itself and is gone afterwards."""
        image = self._image(case)
        directory = self.scratch / f'{case.name}-{time.monotonic_ns()}'
        directory.mkdir()
        try:
            disks = [machine.overlay(disk, directory / disk.name) for disk in image.disks]
            shutil.copyfile(image.nvram, directory / 'nvram.fd')
            yield disks
        finally:
            shutil.rmtree(directory, ignore_errors=True)

    @contextmanager
    def _broken_source(self, case, disks, name):
        """The source VM, resumed, prepared and broken: (machine, root shell, its mounts)."""
        image = self._image(case)
        with machine.source(self.cache.accelerator, image.guest, disks, disks[0].parent / 'nvram.fd', self.logs / f'{name}.source.log',
                            image.key, ['-incoming', f'exec:cat {image.state}']) as vm:
            boot = vm.wait([guests.ADMIN], _RESUME_LIMIT, full=True)
            if not boot.reachable:
                raise HarnessError(f'the source VM did not come up: {boot.outcome} {boot.why}')
            if self.agent:
                shells.put_agent(vm, self.agent)
            with shells.RootShell(vm) as shell:
                shell.run('date -s @%d >/dev/null' % time.time())
                if case.prepared:
                    shell.run(guests.dhcp_script(image.guest))
                self._break(case, shell)
                _, mounts = shell.run('cat /proc/self/mounts; echo ==; cat /proc/swaps')
                yield vm, shell, mounted(mounts)

    def _break(self, case, shell):
        code, output = shell.run('set -e\nexport PATH=/usr/sbin:/usr/bin:/sbin:/bin\n' + case.fault + '\nsync\n', timeout=400, check=False)
        if code:
            raise HarnessError(f'the fault could not be injected: {output[-300:].decode(errors="replace")}')

    def _audit(self, shell, route):
        code, output = shell.run(f'{shells.AGENT} audit --route {route} --target {self.target} --report json 2>/dev/shm/agent.errors; '
                                 'code=$?; cat /dev/shm/agent.errors >&2; exit $code', timeout=180, check=False)
        if code not in (0, 1, 2):
            raise HarnessError(f'the agent ended with {code}: {output[-300:].decode(errors="replace")}')
        start = output.find(b'{')
        report, _ = json.JSONDecoder().raw_decode(output[start:].decode())
        return verdict.read_report(report)

    def _power_off(self, vm, shell):
        shell.start('sync; sleep 0.3; systemctl poweroff')
        vm.wait_off()

    def _cloud_boot(self, case, disks, name, wanted):
        guest = guests.GUESTS[case.guest]
        nvram = disks[0].parent / 'cloud-nvram.fd'
        shutil.copyfile(machine.OVMF_VARS, nvram)
        with machine.cloud(self.cache.accelerator, guest, disks, nvram, self.logs / f'{name}.cloud.log', self.cache.key) as vm:
            boot = vm.wait(case.logins, self.limit, self.full)
            if boot.outcome == 'dead':
                raise HarnessError(f'the EC2-like machine died: {boot.why}')
            return _looked_at(vm, boot, wanted) if boot.reachable else boot


def mounted(text):
    """{mount point: read-write} of the file systems on disks, and swap."""
    mounts, swaps = text.split(b'==\n')[:2]
    rows = [line.decode(errors='replace').split() for line in mounts.splitlines()]
    found = {row[1]: 'rw' in row[3].split(',') for row in rows if row[2] in _KEPT_MOUNTS}
    if len(swaps.splitlines()) > 1:
        found['swap'] = True
    return found


def _looked_at(vm, boot, wanted):
    """What is behind the login: mounts, swap, failed units, the way to root."""
    deadline = vm.seconds() + processes.patience(40)
    while True:
        code, out, err = vm.ssh(boot.why, _LOOK)
        if code in (None, 255):
            raise HarnessError(f'the session broke off: {err[-200:]}')
        parts = out.split(b'==\n')
        present = mounted(out)
        lost = tuple(sorted(path for path, writable in wanted.items() if not present.get(path) and (writable or path not in present)))
        if not lost or vm.seconds() > deadline:
            break
        time.sleep(3)           # the boot may still be mounting
    return Boot('ssh', boot.why, boot.seconds, b'root' in parts[3], lost, tuple(parts[2].decode(errors='replace').split()))
