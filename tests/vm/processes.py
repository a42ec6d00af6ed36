"""Child processes that never outlive the lab: not after Ctrl-C, not after kill, not after kill -9."""

import ctypes
import os
import select
import shutil
import signal
import subprocess
import tempfile
import threading
import time


class HarnessError(Exception):
    """The lab itself failed (no source VM, no injection, dead emulator). It says nothing about a guest."""


class Stopped(BaseException):
    """The lab was told to stop."""


_lock = threading.Lock()
_children = set()
_stopping = threading.Event()
_PR_SET_PDEATHSIG = 1
NOTHING, PIPE = subprocess.DEVNULL, subprocess.PIPE
_libc = ctypes.CDLL(None, use_errno=True)


def _die_with_parent():
    # The kernel's own watch: the only thing that still works when the lab gets a SIGKILL.
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def strain():
    """How much slower than idle this machine is just now: 1 when nobody else works on it."""
    return min(8.0, max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)))


def patience(seconds):
    """A time limit made for an idle machine, on this one."""
    return seconds * strain()


def check_stopping():
    if _stopping.is_set():
        raise Stopped()


def start(command, **options):
    """Popen in a session of its own, so that a Ctrl-C reaches the lab only, which then ends its children in order."""
    with _lock:
        check_stopping()
        child = subprocess.Popen(command, start_new_session=True, preexec_fn=_die_with_parent, **options)
        _children.add(child)
    return child


def end(child, patience=10):
    """Ends a child and everything it started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if child.poll() is not None:
            break
        try:
            os.killpg(child.pid, number)
        except ProcessLookupError:
            pass
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            continue
    with _lock:
        _children.discard(child)


def run(command, timeout=600, check=True, **options):
    """A finished command's (exit code, output as text); HarnessError when it fails or takes too long."""
    child = start(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    try:
        output, _ = child.communicate(timeout=patience(timeout))
    except subprocess.TimeoutExpired:
        raise HarnessError(f'{command[0]} took longer than {timeout} s') from None
    finally:
        end(child)
    check_stopping()
    text = output.decode(errors='replace')
    if check and child.returncode:
        raise HarnessError(f'{command[0]} ended with {child.returncode}: {text.strip()[-600:]}')
    return child.returncode, text


def says(child, text, patience):
    """Whether a child's output holds the text within so many seconds."""
    seen, deadline = b'', time.monotonic() + patience
    while text not in seen and time.monotonic() < deadline and child.poll() is None:
        check_stopping()
        if select.select([child.stdout], [], [], 0.5)[0]:
            seen += os.read(child.stdout.fileno(), 65536)
    return text in seen


def end_all():
    """Ends every child; what waits for one then sees Stopped."""
    _stopping.set()
    with _lock:
        children = list(_children)
    for child in children:
        end(child)


def stop_on_signals():
    def stop(number, _frame):
        for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(other, signal.SIG_IGN)
        raise Stopped(f'signal {number}')
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def scratch_directory(parent):
    """A fresh directory named after this process. Those of labs that died without cleaning are removed first."""
    parent.mkdir(parents=True, exist_ok=True)
    for old in parent.glob('run-*'):
        owner = old.name.split('-')[1]
        if not (owner.isdigit() and os.path.exists(f'/proc/{owner}')):
            shutil.rmtree(old, ignore_errors=True)
    return tempfile.mkdtemp(prefix=f'run-{os.getpid()}-', dir=parent)
