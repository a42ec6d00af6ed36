# SPDX-License-Identifier: Apache-2.0
"""A fix that meets a full disk, a failing device or a power cut, at one system call after another.

After each, every file is as before or as the fix makes it, never a third thing; the next start says
what it found; and undo brings the whole tree back. Needs strace, which injects the faults. GUESTPREP
and GUESTPREP_SOURCE are set as for test_cli.py.
"""
import shutil
import subprocess
import sys
import unittest

from test_cli import BINARY, FixAndUndo, Root, run, tree

CALLS = ("openat", "write", "fsync", "renameat", "mkdirat", "unlinkat", "fchmod", "fchown",
         "symlinkat", "flock")
FAULTS = ("signal=KILL", "error=ENOSPC", "error=EIO")
# Which of its calls is hit: the first ones, and some of the later.
NUMBERS = {"openat": (400, 700, 1100), "write": (1, 2, 3, 5, 8, 13), "fsync": (1, 2, 4, 8, 16)}
FEW = (1, 2, 4)


class Faults(unittest.TestCase):
    def hit(self, root, call, fault, number):
        return subprocess.run(
            ["strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", f"trace={call}",
             "-e", f"inject={call}:{fault}:when={number}", BINARY, "fix", "--root",
             str(root.path), "--include", "linux-fstab-netfs"],
            capture_output=True, timeout=60, check=False)

    def check_one(self, call, fault, number):
        with Root() as root:
            guest = FixAndUndo()
            guest.guest(root)
            before = tree(root.path)
            done = self.hit(root, call, fault, number)
            self.assertIn(done.returncode, (-9, 0, 1, 2, 3, 4, 5), done.stderr)
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
        for call in CALLS:
            for fault in FAULTS:
                for number in NUMBERS.get(call, FEW):
                    with self.subTest(call=call, fault=fault, number=number):
                        self.check_one(call, fault, number)


if __name__ == "__main__":
    if not shutil.which("strace"):
        sys.exit("faults: strace is not installed")
    unittest.main()
