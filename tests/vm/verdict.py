"""What a boot, a report and a pair of both mean. Pure: no machine, no clock."""

from dataclasses import dataclass, field

# Texts on the serial console after which nobody gets in any more, whatever the time limit.
FATAL = (
    (b'Gave up waiting for root', 'initramfs', 'the initramfs did not find the root file system'),
    (b'(initramfs)', 'initramfs', 'the initramfs ended in its shell'),
    (b'Unable to mount root fs', 'panic', 'the kernel found no root file system'),
    (b'Kernel panic', 'panic', 'kernel panic'),
    (b'You are in emergency mode', 'emergency', 'systemd went into emergency mode'),
    (b'Welcome to emergency mode', 'emergency', 'systemd went into emergency mode'),
    (b'Cannot open access to console', 'emergency', 'systemd went into emergency mode'),
    (b'You are in rescue mode', 'emergency', 'systemd went into rescue mode'),
    (b'grub rescue>', 'grub', 'GRUB found neither its modules nor its configuration'),
    (b'Minimal BASH-like line editing', 'grub', 'GRUB ended in its shell'),
    (b'No bootable device', 'firmware', 'the firmware found nothing to boot'),
    (b'No bootable option or device was found', 'firmware', 'the firmware found nothing to boot'),
    (b'UEFI Interactive Shell', 'firmware', 'the firmware ended in its shell'),
)
_LOGIN_PROMPT = b' login:'
_LEAST_GRACE = 15


@dataclass(frozen=True)
class Boot:
    """How a boot ended: ssh | denied | nossh | timeout | off | initramfs | emergency | grub | panic | firmware | refused,
    or dead, which is the harness's failure."""
    outcome: str
    why: str = ''
    seconds: float = 0
    root: bool = True            # the account that got in can become root
    lost: tuple = ()             # mounts of the source that are missing
    failed_units: tuple = ()

    @property
    def reachable(self):
        return self.outcome == 'ssh'


class Watch:
    """Decides from the console and ssh's answers when it is clear that nobody will get in."""

    def __init__(self, limit, full=False):
        self.limit, self.full = limit, full
        self.prompt_at = None
        self.refusal = ''

    def refused(self, message):
        self.refusal = message.strip()[-160:]

    def judge(self, serial, seconds):
        for text, outcome, why in FATAL:
            if text in serial:
                return Boot(outcome, why, seconds)
        outcome, why = ('denied', self.refusal) if self.refusal else ('nossh', 'a login prompt, but no SSH')
        if self.prompt_at is None and _LOGIN_PROMPT in serial:
            self.prompt_at = seconds
        if self.prompt_at is not None and not self.full:
            # A busy machine is slow after the prompt too, hence in proportion.
            if seconds - self.prompt_at > max(_LEAST_GRACE, 0.4 * self.prompt_at):
                return Boot(outcome, why, seconds)
        if seconds > self.limit:
            if self.prompt_at is None and not self.refusal:
                outcome, why = 'timeout', 'neither a login prompt nor SSH'
            return Boot(outcome, f'{why}, confirmed for {self.limit} s', seconds)
        return None


@dataclass(frozen=True)
class Said:
    """What a report of the agent says."""
    verdict: str
    blockers: tuple = ()
    warnings: tuple = ()
    unknown: tuple = ()
    fixers: dict = field(default_factory=dict)      # finding -> kind of its fixer
    texts: dict = field(default_factory=dict)       # finding -> what it says


def read_report(report):
    """The part of guestprep-report/1 that the lab needs."""
    bad = [f for f in report['findings'] if f['status'] in ('fail', 'unknown')]

    def ids(status, severity):
        return tuple(f['id'] for f in bad if f['status'] == status and f['severity'] in severity)
    remedies = {f['id']: f.get('remedy') or {} for f in bad}
    return Said(report['verdict'], ids('fail', ('blocker',)), ids('fail', ('warning',)),
                ids('unknown', ('blocker',)),
                {name: r.get('kind') or 'safe' for name, r in remedies.items() if r.get('fixer')},
                {f['id']: _finding_text(f) for f in bad})


def _finding_text(finding):
    evidence = '; '.join(f"{e.get('where')}: {e.get('found')}" for e in finding.get('evidence') or [])
    return f"{finding['severity']} {finding['status']}: {finding['summary']} [{evidence}]"[:600]


def compare(said, boot):
    """right | false-alarm | miss | undetermined | silent-loss: what the verdict was worth."""
    if said.verdict == 'undetermined':
        return 'undetermined'
    if said.verdict == 'not-ready':
        return 'false-alarm' if boot.reachable else 'right'
    if not boot.reachable:
        return 'miss'
    # Reachable, but a mount is gone: that may be a warning, never silence.
    told = [name for name in said.blockers + said.warnings + said.unknown
            if 'fstab' in name or 'swap' in name or 'lvm' in name or 'initr' in name or 'modules' in name]
    return 'silent-loss' if boot.lost and not told else 'right'


def confusion(pairs):
    """{(verdict, reachable): count} over (Said, Boot)."""
    table = {}
    for said, boot in pairs:
        key = (said.verdict, boot.reachable)
        table[key] = table.get(key, 0) + 1
    return table
