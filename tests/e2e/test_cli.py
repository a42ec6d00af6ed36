# SPDX-License-Identifier: Apache-2.0
"""The program as a user meets it: exit codes, reports, ways to look, wrong input.

Run by ctest with GUESTPREP (the binary) and GUESTPREP_SOURCE (the source tree) in the environment.
"""
import json
import os
import pathlib
import pty
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

import jsonschema

BINARY = os.environ["GUESTPREP"]
SOURCE = pathlib.Path(os.environ["GUESTPREP_SOURCE"])


def schema(name):
    return json.loads((SOURCE / "docs" / name).read_text())


REPORT_SCHEMA = schema("report-schema.json")


def run(*words, timeout=60, **environment):
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **environment}
    return subprocess.run([BINARY, *words], capture_output=True, timeout=timeout, env=env,
                          stdin=subprocess.DEVNULL)


def report_of(*words, **environment):
    """The JSON report of an audit, held against the published schema."""
    done = run("audit", *words, "--report", "json", **environment)
    assert done.returncode in (0, 1, 2), (done.returncode, done.stderr)
    report = json.loads(done.stdout)
    jsonschema.validate(report, REPORT_SCHEMA)
    expected = {"ready": 0, "not-ready": 1, "undetermined": 2}[report["verdict"]]
    assert done.returncode == expected, (done.returncode, report["verdict"])
    assert len({f["id"] for f in report["findings"]}) == len(report["findings"])
    return report


class Root:
    """A small guest in a directory."""

    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="guestprep-e2e-"))
        self.write("etc/os-release", 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian 12"\n')
        self.write("etc/debian_version", "12.4\n")
        self.write("etc/hostname", "db7\n")
        self.write("etc/fstab", "UUID=1b2c / ext4 defaults 0 1\n")
        return self

    def __exit__(self, *unused):
        subprocess.run(["chmod", "-R", "u+rwx", str(self.path)], check=False)
        shutil.rmtree(self.path)

    def write(self, name, content):
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return place

    def remove(self, name):
        (self.path / name).unlink()

    def report(self, *words):
        return report_of("--root", str(self.path), *words)


def finding(report, check):
    return next(f for f in report["findings"] if f["id"] == check)


class WaysToLook(unittest.TestCase):
    def test_the_running_system(self):
        report = report_of()
        self.assertEqual(report["host"]["root"], "/")
        self.assertEqual(report["host"]["platform"], "linux")
        self.assertEqual(report["host"]["kernel"], os.uname().release)
        self.assertGreater(report["files_read"], 0)
        self.assertEqual(len(report["verdicts"]), 4)

    def test_a_directory(self):
        with Root() as root:
            report = root.report()
            self.assertEqual(report["host"]["root"], str(root.path))
            self.assertEqual(report["host"]["hostname"], "db7")
            self.assertEqual(report["host"]["os_id"], "debian")
            self.assertEqual(report["host"]["os_version"], "12.4")

    def test_saved_facts_give_the_same_findings_under_every_rule(self):
        for words in ([], None):
            with Root() as root:
                look = [] if words is None else ["--root", str(root.path)]
                facts = root.write("facts.json", run("facts", *look).stdout)
                for profile in ("vmie-2018", "vmie-2026"):
                    for route in ("image", "snapshot"):
                        rules = ["--profile", profile, "--route", route]
                        again = report_of("--facts", str(facts), *rules)
                        first = report_of("--facts", str(facts), *rules)
                        self.assertEqual(first["findings"], again["findings"])
                        if look:
                            live = report_of(*look, *rules)
                            self.assertEqual(live["findings"], again["findings"])
                            self.assertEqual(live["verdicts"], again["verdicts"])

    def test_nothing_is_written_but_the_reports_asked_for(self):
        with Root() as root:
            before = sorted(str(p) for p in root.path.rglob("*"))
            run("audit", "--root", str(root.path))
            self.assertEqual(before, sorted(str(p) for p in root.path.rglob("*")))

    def test_without_privilege_it_is_not_ready_by_luck(self):
        if os.geteuid() != 0:
            self.skipTest("only root can become somebody else")
        # A copy that everybody may run: the build folder may lie where only root can go.
        with tempfile.TemporaryDirectory() as place:
            os.chmod(place, 0o755)
            program = shutil.copy(BINARY, place)
            os.chmod(program, 0o755)
            done = subprocess.run([program, "audit", "--report", "json"], capture_output=True,
                                  timeout=60, user=65534, group=65534, extra_groups=[], cwd="/",
                                  env={"PATH": os.environ["PATH"]})
        self.assertIn(done.returncode, (1, 2), done.stderr)
        report = json.loads(done.stdout)
        jsonschema.validate(report, REPORT_SCHEMA)
        self.assertFalse(report["privileged"])
        self.assertGreater(report["counts"]["unknown"], 0)


class Reports(unittest.TestCase):
    def test_every_format_is_well_formed(self):
        with Root() as root:
            base = ["audit", "--root", str(root.path)]
            html = run(*base, "--report", "html").stdout.decode()
            self.assertTrue(html.startswith("<!doctype html>"))
            self.assertNotIn("<script", html)
            suite = ElementTree.fromstring(run(*base, "--report", "junit").stdout)
            self.assertEqual(int(suite.get("tests")), len(suite.findall("testcase")))
            self.assertTrue(run(*base, "--report", "markdown").stdout.startswith(b"# "))

    def test_many_reports_in_one_run(self):
        with Root() as root:
            out = root.path / "out.json"
            page = root.path / "out.html"
            done = run("audit", "--root", str(root.path), "--report", f"json={out}", "--report",
                       f"html={page}", "--report", "text")
            jsonschema.validate(json.loads(out.read_text()), REPORT_SCHEMA)
            self.assertIn("</html>", page.read_text())
            self.assertTrue(done.stdout.startswith(b"guestprep "))

    def test_a_report_that_cannot_be_written_is_wrong_use(self):
        done = run("audit", "--report", "json=/nonexistent/x.json")
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"/nonexistent/x.json", done.stderr)

    def test_text_is_80_columns_and_plain_when_piped(self):
        with Root() as root:
            text = run("audit", "--root", str(root.path)).stdout.decode()
            self.assertNotIn("\x1b", text)
            for line in text.splitlines():
                # A path or an ID is never broken: it will be copied.
                if len(line) > 80:
                    self.assertLessEqual(len(line.split()), 6, line)

    def test_colour_only_on_a_terminal_and_never_with_no_color(self):
        def on_terminal(env):
            leader, follower = pty.openpty()
            subprocess.run([BINARY, "audit", "--quiet"], stdout=follower, timeout=60,
                           env={"PATH": os.environ["PATH"], **env})
            os.close(follower)
            seen = b""
            try:
                while chunk := os.read(leader, 4096):
                    seen += chunk
            except OSError:
                pass
            os.close(leader)
            return seen

        self.assertIn(b"\x1b[", on_terminal({}))
        self.assertNotIn(b"\x1b[", on_terminal({"NO_COLOR": "1"}))
        self.assertIn(b"\x1b[", run("--color", "always", "--quiet").stdout)

    def test_render_gives_the_same_report_again(self):
        with Root() as root:
            path = root.write("r.json", run("--root", str(root.path), "--report", "json").stdout)
            again = run("render", str(path), "--report", "json")
            self.assertEqual(again.returncode, 0)
            self.assertEqual(json.loads(again.stdout), json.loads(path.read_text()))
            self.assertIn(b"db7", run("render", str(path)).stdout)

    def test_render_of_many_is_the_fleet(self):
        with Root() as root:
            path = root.write("r.json", run("--root", str(root.path), "--report", "json").stdout)
            fleet = json.loads(run("render", str(path), str(path), "--report", "json").stdout)
            self.assertEqual(fleet["schema"], "guestprep-fleet/1")
            self.assertEqual(len(fleet["hosts"]), 2)
            for form in ("text", "html", "markdown", "junit"):
                self.assertIn(b"db7", run("render", str(path), str(path), "--report", form).stdout)

    def test_render_of_something_else_is_wrong_use(self):
        with Root() as root:
            for content in ("", "{}", "[1]", '{"schema": "guestprep-report/1"}', b"\xff\xfe"):
                done = run("render", str(root.write("x.json", content)))
                self.assertEqual(done.returncode, 3, content)
                self.assertIn(b"x.json", done.stderr)


class WrongUse(unittest.TestCase):
    def refused(self, *words, says, **environment):
        done = run(*words, **environment)
        self.assertEqual(done.returncode, 3, words)
        self.assertIn(says, done.stderr.decode())
        self.assertEqual(done.stdout, b"")

    def test_slips_of_the_pen(self):
        self.refused("--onyl", "x", says="did you mean --only?")
        self.refused("lst", says="did you mean list?")
        self.refused("--only", "linux-fstab-uid", says="did you mean linux-fstab-uuid?")
        self.refused("--skip", "zzzzzzzz", says="unknown check")
        self.refused("explain", "linux-arch-64bits", says="linux-arch-64bit")
        self.refused("--profile", "vmie-2019", says="vmie-2018, vmie-2026")
        self.refused("audit", says="moon", GUESTPREP_ROUTE="moon")

    def test_roots_that_are_none(self):
        with Root() as root:
            plain = root.write("plain", "x")
            empty = root.path / "empty"
            empty.mkdir()
            loop = root.path / "loop"
            loop.symlink_to("loop")
            self.refused("--root", str(plain), says="plain")
            self.refused("--root", str(empty), says="holds no system")
            self.refused("--root", str(loop), says="symbolic links")
            self.refused("--root", str(root.path / "missing"), says="missing")

    def test_profiles_and_waivers_that_are_wrong(self):
        with Root() as root:
            self.refused("--profile", str(root.write("p", "{")), says="parse error")
            text = '{"schema": "guestprep-profile/1", "name": "x", "limits": {"volumes": "x"}}'
            self.refused("--profile", str(root.write("p", text)), says="volumes")
            text = ('{"schema": "guestprep-profile/1", "name": "x", "severities": '
                    '[{"check": "linux-fstab-uid", "severity": "advice"}]}')
            self.refused("--profile", str(root.write("p", text)), says="linux-fstab-uuid")
            self.refused("--waivers", str(root.write("w", "[]")), says="--waivers")
            self.refused("--facts", str(root.write("f", "{}")), says="guestprep-facts/1")
            self.refused("--facts", "/nonexistent", says="/nonexistent")

    def test_help_and_version(self):
        self.assertEqual(run("--version").returncode, 0)
        self.assertIn(b"Usage:", run("--help").stdout)
        self.assertIn(b"Usage:", run("help").stdout)


class Lists(unittest.TestCase):
    def test_list_explain_and_plan(self):
        for profile in ("vmie-2018", "vmie-2026"):
            listed = json.loads(run("list", "--format", "json", "--profile", profile).stdout)
            self.assertGreater(len(listed["checks"]), 50)
            for check in listed["checks"]:
                done = run("explain", check["id"], "--profile", profile)
                self.assertEqual(done.returncode, 0)
                self.assertIn(check["title"].encode(), done.stdout)
        with Root() as root:
            for route in ("image", "snapshot"):
                plan = run("import-plan", "--root", str(root.path), "--route", route).stdout
                self.assertIn(b"vmie.amazonaws.com", plan)
                self.assertIn(f"import-{route}".encode(), plan)

    def test_profiles_follow_their_schema(self):
        profile_schema = schema("profile-schema.json")
        for path in sorted((SOURCE / "checks" / "profiles").glob("*.json")):
            jsonschema.validate(json.loads(path.read_text()), profile_schema)

    def test_an_own_profile_and_waivers(self):
        with Root() as root:
            profile = root.write("p.json", json.dumps({
                "schema": "guestprep-profile/1", "name": "ours", "extends": "vmie-2026",
                "severities": [{"check": "linux-arch-64bit", "severity": "advice"}]}))
            report = root.report("--profile", str(profile))
            self.assertEqual(report["profile"], "ours")
            self.assertEqual(len(report["verdicts"]), 6)
            waivers = {"schema": "guestprep-waivers/1", "waivers": [
                {"check": "linux-arch-64bit", "reason": "known", "owner": "ops",
                 "until": "2999-12-31"}]}
            jsonschema.validate(waivers, schema("waivers-schema.json"))
            report = root.report("--waivers", str(root.write("w.json", json.dumps(waivers))))
            self.assertEqual(finding(report, "linux-arch-64bit")["status"], "waived")
            self.assertEqual(report["counts"]["waived"], 1)


JUNK = {
    "NUL bytes": b"UUID=1\0b /\0 ext4 defaults 0 1\n\0\0\0",
    "CRLF": b"UUID=1b2c / ext4 defaults 0 1\r\n",
    "a line of a megabyte": b"x" * (1 << 20),
    "no final newline": b"UUID=1b2c / ext4 defaults 0 1",
    "UTF-16": "UUID=1b2c / ext4 defaults 0 1\n".encode("utf-16"),
    "binary junk": bytes(range(256)) * 64,
    "truncated gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab",
    "nothing": b"",
}

# Files that the collectors read; each is filled with each kind of junk.
TARGETS = [
    "etc/fstab", "etc/os-release", "etc/redhat-release", "etc/passwd", "etc/shadow", "etc/group",
    "etc/ssh/sshd_config", "etc/network/interfaces", "etc/netplan/50-cloud-init.yaml",
    "etc/sysconfig/network-scripts/ifcfg-eth0", "etc/sysconfig/network/ifcfg-eth0",
    "etc/NetworkManager/system-connections/a.nmconnection", "etc/systemd/network/10-a.network",
    "etc/udev/rules.d/70-persistent-net.rules", "boot/grub/grub.cfg", "boot/grub/menu.lst",
    "boot/grub2/grub.cfg", "boot/grub2/grubenv", "boot/loader/entries/a.conf", "etc/default/grub",
    "etc/nftables.conf", "etc/iptables/rules.v4", "etc/sysconfig/iptables",
    "etc/firewalld/firewalld.conf", "etc/firewalld/zones/public.xml", "etc/ufw/ufw.conf",
    "etc/ufw/user.rules", "etc/sysconfig/SuSEfirewall2", "etc/hosts.deny", "etc/inittab",
    "etc/crypttab", "var/lib/dpkg/status", "etc/sudoers", "etc/login.defs",
    "boot/initrd.img-6.1.0-1-amd64", "boot/vmlinuz-6.1.0-1-amd64",
]


class BadInput(unittest.TestCase):
    def test_junk_in_every_file_ends_in_a_report(self):
        for name, junk in JUNK.items():
            with self.subTest(name), Root() as root:
                for target in TARGETS:
                    root.write(target, junk)
                report = root.report()
                self.assertNotEqual(report["verdict"], "ready")

    def test_directories_fifos_and_loops_where_files_belong(self):
        for kind in ("directory", "fifo", "loop", "socket"):
            with self.subTest(kind), Root() as root:
                for target in TARGETS:
                    place = root.path / target
                    place.parent.mkdir(parents=True, exist_ok=True)
                    if place.exists():
                        place.unlink()
                    if kind == "directory":
                        place.mkdir()
                    elif kind == "fifo":
                        os.mkfifo(place)
                    elif kind == "loop":
                        place.symlink_to(place.name)
                    else:
                        os.mknod(place, 0o140644)
                report = root.report("--timeout", "20")
                self.assertNotEqual(report["verdict"], "ready")

    def test_links_that_lead_out_of_the_root_show_nothing_of_outside(self):
        with Root() as root, tempfile.TemporaryDirectory() as outside:
            secret = pathlib.Path(outside) / "secret"
            secret.write_text("/dev/sdz9 /OUTSIDE ext4 defaults 0 2\nOUTSIDE\n")
            for target in TARGETS:
                place = root.path / target
                place.parent.mkdir(parents=True, exist_ok=True)
                if place.exists():
                    place.unlink()
                place.symlink_to(secret)
            done = run("audit", "--root", str(root.path), "--report", "json")
            self.assertNotIn(b"OUTSIDE", done.stdout)
            self.assertNotIn(b"OUTSIDE", run("facts", "--root", str(root.path)).stdout)

    def test_secrets_stay_out_of_reports_and_facts(self):
        with Root() as root:
            root.write("etc/passwd", "root:x:0:0::/root:/bin/bash\na:x:1000:1000::/home/a:/bin/sh\n")
            root.write("etc/shadow", "root:$6$SALTY$HASHHASH:19000:0:99999:7:::\n"
                                     "a:$6$SALTY$HASHHASH:19000:0:99999:7:::\n")
            root.write("etc/fstab", "//nas/x /x cifs user=u,password=TOPSECRET 0 0\n"
                                    "# passphrase TOPSECRET\n")
            root.write("etc/netplan/1.yaml", "network:\n  wifis:\n    w:\n      access-points:\n"
                                             "        a: {password: TOPSECRET}\n")
            root.write("etc/NetworkManager/system-connections/w.nmconnection",
                       "[connection]\nid=w\ntype=wifi\n[wifi-security]\npsk=TOPSECRET\n")
            root.write("etc/sysconfig/network-scripts/keys-w", "KEY_1=TOPSECRET\n")
            root.write("boot/grub/grub.cfg", "password root TOPSECRET\n"
                                             "password_pbkdf2 root TOPSECRET\n")
            root.write("boot/grub/menu.lst", "password --md5 TOPSECRET\n")
            for words in (["audit", "--verbose"], ["audit", "--report", "json"],
                          ["audit", "--report", "html"], ["facts"], ["import-plan"]):
                out = run(*words, "--root", str(root.path)).stdout
                self.assertNotIn(b"TOPSECRET", out, words)
                self.assertNotIn(b"HASHHASH", out, words)


def tree(path):
    """Everything below a directory but the journals: kinds, modes, owners, times, content."""
    seen = {}
    for folder, names, files in os.walk(path):
        for name in names + files:
            place = pathlib.Path(folder) / name
            key = str(place.relative_to(path))
            if key == "var/lib/guestprep" or key.startswith("var/lib/guestprep/"):
                continue
            status = place.lstat()
            what = (os.readlink(place) if place.is_symlink()
                    else (place.read_bytes(), status.st_mtime_ns) if place.is_file() else "")
            seen[key] = (status.st_mode, status.st_uid, status.st_gid, what)
    return seen


class FixAndUndo(unittest.TestCase):
    """On a guest in a directory: its disks cannot be seen, its files can be mended."""

    FSTAB = "UUID=1b2c / ext4 defaults 0 1\n# the filer\nnas:/v\t/v nfs rw,password=S3CR3T 0 0 # v\n"

    def guest(self, root):
        root.write("etc/fstab", self.FSTAB)
        root.write("usr/sbin/sshd", "ELF")
        root.write("etc/ssh/sshd_config", "Port 22\n")
        root.write("etc/ssh/ssh_host_rsa_key", "x").chmod(0o600)
        root.write("usr/lib/systemd/systemd", "ELF")
        root.write("usr/lib/systemd/system/multi-user.target", "[Unit]\n")
        root.write("usr/lib/systemd/system/ssh.service",
                   "[Service]\nExecStart=/usr/sbin/sshd\n[Install]\nWantedBy=multi-user.target\n")
        root.write("var/lib/.keep", "")

    def fix(self, root, command, *words, codes=(0, 1, 2)):
        done = run(command, *words, "--root", str(root.path), "--report", "json")
        self.assertIn(done.returncode, codes, done.stderr)
        report = json.loads(done.stdout)
        jsonschema.validate(report, REPORT_SCHEMA)
        self.assertNotIn("S3CR3T", done.stdout.decode())
        return report

    def test_a_dry_run_shows_and_touches_nothing(self):
        with Root() as root:
            self.guest(root)
            before = tree(root.path)
            report = self.fix(root, "fix", "--dry-run", "--include", "linux-fstab-netfs")
            self.assertEqual(report["mode"], "dry-run")
            self.assertFalse(report["changed"])
            self.assertIsNone(report["journal"])
            diffs = {c["fixer"]: c["diff"] for c in report["changes"]}
            self.assertIn("+nas:/v\t/v nfs rw,password=(hidden)", diffs["linux-fstab-netfs"])
            self.assertIn("linux-ssh-enabled", diffs)
            self.assertEqual(tree(root.path), before)
            self.assertFalse((root.path / "var/lib/guestprep").exists())

    def test_fix_again_and_undo(self):
        with Root() as root:
            self.guest(root)
            before = tree(root.path)
            first = self.fix(root, "fix", "--include", "linux-fstab-netfs")
            self.assertTrue(first["changed"])
            for check in ("linux-fstab-netfs", "linux-ssh-enabled"):
                self.assertEqual(finding(first, check)["status"], "fixed")
            self.assertEqual((root.path / "etc/fstab").read_text(),
                             self.FSTAB.replace("S3CR3T 0", "S3CR3T,nofail,_netdev 0"))
            again = self.fix(root, "fix", "--include", "linux-fstab-netfs")
            self.assertFalse(again["changed"])
            self.assertEqual(again["changes"], [])
            undone = self.fix(root, "undo")
            self.assertEqual(undone["mode"], "undo")
            self.assertTrue(undone["changed"])
            self.assertEqual(tree(root.path), before)
            self.assertEqual(run("undo", "--root", str(root.path)).returncode, 3)

    def test_undo_of_one_fixer(self):
        with Root() as root:
            self.guest(root)
            self.fix(root, "fix", "--include", "linux-fstab-netfs")
            self.fix(root, "undo", "--only", "linux-fstab-netfs")
            self.assertEqual((root.path / "etc/fstab").read_text(), self.FSTAB)
            wants = root.path / "etc/systemd/system/multi-user.target.wants/ssh.service"
            self.assertTrue(wants.is_symlink())

    def test_undo_stops_at_a_file_that_was_changed_since(self):
        with Root() as root:
            self.guest(root)
            self.fix(root, "fix", "--include", "linux-fstab-netfs")
            root.write("etc/fstab", "somebody's work\n")
            before = tree(root.path)
            done = run("undo", "--root", str(root.path))
            self.assertEqual(done.returncode, 3)
            self.assertIn(b"/etc/fstab", done.stderr)
            self.assertEqual(tree(root.path), before)

    def test_runs_are_listed(self):
        with Root() as root:
            self.guest(root)
            self.assertIn(b"no run", run("runs", "--root", str(root.path)).stdout)
            self.fix(root, "fix")
            runs = json.loads(run("runs", "--root", str(root.path), "--format", "json").stdout)
            self.assertEqual([r["outcome"] for r in runs["runs"]], ["applied"])


if __name__ == "__main__":
    unittest.main(verbosity=1)
