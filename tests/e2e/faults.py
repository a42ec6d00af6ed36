# SPDX-License-Identifier: Apache-2.0
"""A fix that meets a full disk, a failing device or a power cut, at every system call that writes.

After each, every file is as before or as the fix makes it, never a third thing; the next start says
what it found; and undo brings the whole tree back. Needs strace, which injects the faults. GUESTPREP
and GUESTPREP_SOURCE are set as for test_cli.py.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from test_cli import BINARY, FixAndUndo, Root, run, tree

CALLS = ("openat", "write", "fsync", "renameat", "mkdirat", "unlinkat", "fchmod", "fchown",
         "symlinkat", "flock", "ftruncate", "fsetxattr", "utimensat", "linkat")
FAULTS = ("signal=KILL", "error=ENOSPC", "error=EIO")
KILLED = -9


class Faults(unittest.TestCase):
    def fix(self, root, log, *options):
        return subprocess.run(
            ["strace", "-f", "-qq", "-o", log, *options, BINARY, "fix", "--root", str(root.path),
             "--include", "linux-fstab-netfs"], capture_output=True, timeout=60, check=False)

    def writing_calls(self):
        """(call, its number among its kind) of every call that writes, in a fix without faults."""
        with Root() as root, tempfile.NamedTemporaryFile() as log:
            FixAndUndo().guest(root)
            done = self.fix(root, log.name, "-e", "trace=" + ",".join(CALLS))
            self.assertIn(done.returncode, (0, 1, 2), done.stderr)
            numbers, found = {}, []
            for line in pathlib.Path(log.name).read_text(errors="replace").splitlines():
                call = re.match(r"\d+ +(\w+)\(", line)
                if not call:
                    continue
                name = call.group(1)
                numbers[name] = numbers.get(name, 0) + 1
                # Most files are opened to be read.
                if name == "openat" and not re.search(r"O_(WRONLY|RDWR|CREAT|TMPFILE)", line):
                    continue
                found.append((name, numbers[name]))
            return found

    def check_one(self, call, fault, number):
        with Root() as root:
            guest = FixAndUndo()
            guest.guest(root)
            before = tree(root.path)
            done = self.fix(root, "/dev/null", "-e", f"trace={call}", "-e",
                            f"inject={call}:{fault}:when={number}")
            if done.returncode in (KILLED, 3, 4, 5):
                self.stopped.add((call, fault))
            self.assertIn(done.returncode, (KILLED, 0, 1, 2, 3, 4, 5), done.stderr)
            if fault == "signal=KILL":
                self.assertEqual(done.returncode, KILLED)
            fstab = (root.path / "etc/fstab").read_text()
            self.assertIn(fstab, (FixAndUndo.FSTAB, FixAndUndo.FSTAB.replace(
                "S3CR3T 0", "S3CR3T,nofail,_netdev 0")))
            # The next start, with nothing to fix of its own.
            again = run("fix", "--root", str(root.path), "--only", "boot-uefi")
            self.assertIn(again.returncode, (0, 1, 2), again.stderr)
            # A run that was over when it was hit stands, whole.
            if tree(root.path) != before:
                self.assertIn("nofail", fstab)
                undone = run("undo", "--root", str(root.path))
                self.assertIn(undone.returncode, (0, 1, 2), undone.stderr)
            self.assertEqual(tree(root.path), before)
            left = [p for p in root.path.rglob(".guestprep-*")]
            self.assertEqual(left, [])

    def test_every_fault_at_every_call(self):
        self.stopped = set()
        calls = self.writing_calls()
        for call, number in calls:
            for fault in FAULTS:
                with self.subTest(call=call, fault=fault, number=number):
                    self.check_one(call, fault, number)
        print(f"{len(calls)} writing calls, {len(FAULTS)} faults at each")
        # Faults that stop nothing would prove nothing.
        for call in ("openat", "write", "fsync", "renameat"):
            for fault in FAULTS:
                self.assertIn((call, fault), self.stopped)


if __name__ == "__main__":
    if not shutil.which("strace"):
        sys.exit("faults: strace is not installed")
    unittest.main()
