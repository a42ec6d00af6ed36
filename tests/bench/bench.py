#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the audit costs, as ratios taken in one run.

    ./dev bench [--runs N] [--binary PATH] [--no-install]

Wall time, CPU time and peak memory of `guestprep audit` on this machine against a program that only
opens and reads the same files, against `lynis audit system --quick` and `ansible localhost -m setup`
(both from the distribution's packages), and how the audit of a made-up root grows with its fstab
lines, firewall rules, accounts and packages. Times of a busy machine are noisy: medians of several
runs, taken in turn, and only their ratios mean anything.
"""
import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent


def build(work):
    """The two small programs of this folder."""
    for name in ("measure", "read_files"):
        subprocess.run(["cc", "-O2", "-o", str(work / name), str(HERE / (name + ".c"))], check=True)


def once(work, argv):
    """(wall seconds, CPU seconds, peak KiB) of one run, its children included."""
    done = subprocess.run([str(work / "measure"), *argv], stdout=subprocess.PIPE, check=True, text=True)
    wall, cpu, memory = done.stdout.split()
    return float(wall), float(cpu), int(memory)


def medians(work, commands, runs):
    """Runs the commands in turn, so that a slow stretch of the machine hits them all."""
    seen = [[] for _ in commands]
    for argv in commands:
        once(work, argv)  # warm the caches
    for _ in range(runs):
        for i, argv in enumerate(commands):
            seen[i].append(once(work, argv))
    return [tuple(statistics.median(column) for column in zip(*rows)) for rows in seen]


def row(name, figures, base):
    wall, cpu, memory = figures
    print(f"  {name:<34}{wall * 1000:9.1f} ms {cpu * 1000:9.1f} ms {memory / 1024:8.1f} MiB"
          f"   x{wall / base[0]:.2f}  x{cpu / max(base[1], 1e-4):.2f}")


def files_read_by(argv, work):
    """The files that a command opens for reading, each as often as it does, as strace saw it."""
    trace = work / "trace"
    subprocess.run(["strace", "-f", "-o", str(trace), "-e", "trace=open,openat,dup", *argv],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    opened = []
    # The audit opens component by component: names are put together from directory descriptors.
    where = {}
    for line in trace.read_text(errors="replace").splitlines():
        again = re.search(r'dup\((\d+)\) += (\d+)$', line)
        if again:
            where[again[2]] = where.get(again[1], "/")
        found = re.search(r'openat\((AT_FDCWD|\d+), "([^"]*)", ([A-Z_|]+).* = (\d+)$', line)
        if not found:
            continue
        at, name, flags, fd = found.groups()
        base = "" if name.startswith("/") else where.get(at, "/")
        path = os.path.normpath(os.path.join(base or "/", name))
        where[fd] = path
        if "O_DIRECTORY" not in flags and os.path.isfile(path):
            opened.append(path)
    return opened


def compare(binary, runs, work, install):
    audit = [binary, "audit", "--report", "json"]
    files = files_read_by(audit, work)
    listing = work / "files"
    listing.write_text("\n".join(files) + "\n")
    size = sum(os.path.getsize(f) for f in files)
    commands = [audit, [str(work / "read_files"), str(listing)]]
    names = ["guestprep audit", f"opening and reading these {len(files)} files"]
    for name, package, argv in (
            ("lynis audit system --quick", "lynis",
             ["lynis", "audit", "system", "--quick", "--no-colors", "--quiet", "--logfile",
              str(work / "lynis.log"), "--report-file", str(work / "lynis.dat")]),
            ("ansible localhost -m setup", "ansible-core", ["ansible", "localhost", "-m", "setup"])):
        if shutil.which(argv[0]) is None and install:
            subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", package],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if shutil.which(argv[0]) is None:
            print(f"  ({argv[0]} is not installed: left out)")
            continue
        names.append(name)
        commands.append(argv)
    quick = medians(work, commands[:2], runs)
    slow = medians(work, commands[2:], 2) if len(commands) > 2 else []
    print(f"This machine ({size / 1e6:.1f} MB read), medians; ratios to the audit: wall, CPU")
    for name, figures in zip(names, quick + slow):
        row(name, figures, quick[0])


def make_root(root, fstab=10, rules=10, accounts=10, packages=10):
    def write(name, text):
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    write("etc/debian_version", "12.4\n")
    write("etc/os-release", 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian 12"\n')
    write("etc/fstab", "UUID=1 / ext4 defaults 0 1\n" +
          "".join(f"UUID=a{i} /data/{i} ext4 nofail 0 2\n" for i in range(fstab)))
    write("etc/iptables/rules.v4", "*filter\n:INPUT DROP [0:0]\n:FORWARD DROP [0:0]\n"
          ":OUTPUT ACCEPT [0:0]\n" +
          "".join(f"-A INPUT -s 10.{i // 250}.{i % 250}.0/24 -p tcp --dport 22 -j ACCEPT\n"
                  for i in range(rules)) +
          "-A INPUT -p tcp --dport 22 -j ACCEPT\nCOMMIT\n")
    wanted = root / "etc/systemd/system/multi-user.target.wants"
    wanted.mkdir(parents=True, exist_ok=True)
    unit = root / "lib/systemd/system/netfilter-persistent.service"
    write("lib/systemd/system/netfilter-persistent.service", "[Install]\nWantedBy=multi-user.target\n")
    (wanted / unit.name).symlink_to("/lib/systemd/system/netfilter-persistent.service")
    write("etc/passwd", "root:x:0:0::/root:/bin/bash\n" +
          "".join(f"u{i}:x:{1000 + i}:{1000 + i}::/home/u{i}:/bin/bash\n" for i in range(accounts)))
    write("etc/shadow", "root:*:19000:0:99999:7:::\n" +
          "".join(f"u{i}:!:19000:0:99999:7:::\n" for i in range(accounts)))
    write("etc/group", "root:x:0:\n" + "".join(f"u{i}:x:{1000 + i}:\n" for i in range(accounts)))
    write("var/lib/dpkg/status",
          "".join(f"Package: p{i}\nStatus: install ok installed\nVersion: 1\n\n"
                  for i in range(packages)))


def growth(binary, runs, work):
    print("\nGrowth of the audit of a made-up root: CPU time, and its ratio to ten times fewer")
    for what in ("fstab", "rules", "accounts", "packages"):
        previous = None
        for count in (10, 100, 1000, 10000):
            root = work / f"{what}-{count}"
            make_root(root, **{what: count})
            (_, cpu, memory), = medians(work, [[binary, "audit", "--root", str(root), "--report", "json"]],
                                        runs)
            ratio = f"x{cpu / previous:.2f}" if previous else ""
            print(f"  {count:>6} {what:<10}{cpu * 1000:9.1f} ms {memory / 1024:8.1f} MiB   {ratio}")
            previous = max(cpu, 1e-3)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    default = SOURCE / "build/release/guestprep"
    if not default.exists():
        default = SOURCE / "build/dev/guestprep"
    parser.add_argument("--binary", default=str(default))
    parser.add_argument("--no-install", action="store_true", help="install no packages to compare")
    options = parser.parse_args()
    for tool in ("cc", "strace"):
        if shutil.which(tool) is None:
            sys.exit(f"bench: {tool} is needed (packages gcc, strace)")
    print(f"{options.binary}, {os.path.getsize(options.binary) / 1e6:.2f} MB\n")
    with tempfile.TemporaryDirectory(prefix="guestprep-bench-") as name:
        build(pathlib.Path(name))
        compare(options.binary, options.runs, pathlib.Path(name), not options.no_install)
        growth(options.binary, options.runs, pathlib.Path(name))


if __name__ == "__main__":
    main()
