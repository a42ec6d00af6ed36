"""The lab's own pure parts: the case table, the model of the import, the meaning of boots and reports."""

import subprocess
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import cases
import guests
import import_model
import importer
import layouts
import report
import runner
import verdict
from verdict import Boot, Said


class CaseTable(unittest.TestCase):
    def test_names_are_unique_and_plain(self):
        names = [case.name for case in cases.CASES]
        self.assertEqual(len(names), len(set(names)))
        for name in names:
            self.assertRegex(name, r'^[a-z0-9][a-z0-9-]+$')

    def test_every_case_has_a_guest_and_known_routes(self):
        for case in cases.CASES:
            self.assertIn(case.guest, guests.GUESTS, case.name)
            self.assertLessEqual(set(case.fails), set(runner.ROUTES), case.name)

    def test_faults_are_shell(self):
        for case in cases.CASES:
            checked = subprocess.run(['sh', '-n'], input=case.fault.encode(), capture_output=True, check=False)
            self.assertEqual(checked.returncode, 0, f'{case.name}: {checked.stderr}')

    def test_layouts_are_shell(self):
        for guest in guests.GUESTS.values():
            checked = subprocess.run(['sh', '-n'], input=layouts.script(guest).encode(), capture_output=True, check=False)
            self.assertEqual(checked.returncode, 0, f'{guest.name}: {checked.stderr}')

    def test_what_breaks_is_told_and_harmless_is_harmless(self):
        for case in cases.CASES:
            if case.fails:
                self.assertTrue(case.breaks, case.name)
            if case.group == 'harmless':
                self.assertEqual(case.fails, (), case.name)

    def test_the_matrix_is_wide_enough(self):
        broken = [case for case in cases.CASES if case.fails and case.group not in ('control', 'combination')]
        self.assertGreaterEqual(len(broken), 40)
        wanted = {'fstab', 'grub', 'initramfs', 'network', 'sshd', 'account', 'firewall', 'lvm', 'swap', 'cloud-init', 'modules', 'root',
                  'harmless', 'combination'}
        self.assertLessEqual(wanted, {case.group for case in cases.CASES})

    def test_both_controls_are_there_and_differ(self):
        known = cases.by_name()
        good, broken = (known[name] for name in cases.CONTROLS)
        self.assertEqual((good.fails, broken.fails), ((), ('snapshot', 'image')))
        self.assertLessEqual(set(cases.CONTROLS), set(cases.QUICK))
        self.assertIn("image", {route for routes in cases.QUICK.values() for route in routes})

    def test_cases_from_elsewhere_need_a_name_and_a_fault(self):
        case, = cases.from_data([{'name': 'x', 'fault': 'true', 'fails': ['image']}])
        self.assertEqual((case.guest, case.fails), ('bookworm', ('image',)))
        with self.assertRaises(TypeError):
            cases.from_data([{'name': 'x'}])
        with self.assertRaises(TypeError):
            cases.from_data([{'name': 'x', 'fault': 'true', 'colour': 'red'}])


class FstabModel(unittest.TestCase):
    UUIDS = {'/dev/sda1': 'aaaa', '/dev/disk/by-path/pci-0-part1': 'bbbb', '/dev/mapper/vg-root': 'cccc'}

    def model(self, line):
        return import_model.import_fstab(line + '\n', self.UUIDS, ('data',)).rstrip('\n')

    def test_device_names_become_uuids(self):
        self.assertEqual(self.model('/dev/sda1 / ext4 defaults 0 1'), 'UUID=aaaa / ext4 defaults 0 1')
        self.assertEqual(self.model('/dev/disk/by-path/pci-0-part1 /x ext4 defaults 0 1'), 'UUID=bbbb /x ext4 defaults 0 1')

    def test_devices_without_a_uuid_get_nofail(self):
        self.assertEqual(self.model('/dev/sdq1 /old ext4 defaults 0 2'), '/dev/sdq1 /old ext4 defaults,nofail 0 2')
        self.assertEqual(self.model('/dev/sdq1 /old ext4 nofail 0 2'), '/dev/sdq1 /old ext4 nofail 0 2')
        self.assertEqual(self.model('/dev/sdq1 /old ext4'), '/dev/sdq1 /old ext4 nofail')

    def test_what_does_not_exist_is_commented_out(self):
        self.assertEqual(self.model('UUID=dead /old ext4 defaults 0 2'), '#UUID=dead /old ext4 defaults 0 2')
        self.assertEqual(self.model('LABEL=gone /old ext4 defaults 0 2'), '#LABEL=gone /old ext4 defaults 0 2')
        self.assertEqual(self.model('nonsense'), '#nonsense')

    def test_network_file_systems_are_commented_out(self):
        self.assertEqual(self.model('//nas/x /x cifs guest 0 0'), '#//nas/x /x cifs guest 0 0')
        self.assertEqual(self.model('a:/x /x fuse.sshfs defaults 0 0'), '#a:/x /x fuse.sshfs defaults 0 0')

    def test_the_rest_stays_as_it_is(self):
        for line in ('UUID=aaaa / ext4 defaults 0 1', 'LABEL=data /d ext4 defaults 0 2', '# a comment', '', 'tmpfs /t tmpfs size=8m 0 0',
                     '/dev/mapper/vg-root / ext4 defaults 0 1', '/srv/a /srv/b none bind 0 0'):
            self.assertEqual(self.model(line), line)


class NetworkModel(unittest.TestCase):
    def dhcp(self, guest, rule):
        _, _, text = guests.static_network(guests.GUESTS[guest])
        changed = rule(text)
        self.assertNotIn('192.168.77', changed)
        self.assertEqual(rule(changed), changed, 'a second import changes nothing')
        return changed

    def test_interfaces(self):
        self.assertIn('iface eth0 inet dhcp', self.dhcp('bookworm', import_model.import_interfaces))

    def test_interfaces_keeps_other_stanzas(self):
        text = 'auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet static\n  address 1.2.3.4/24\n  dns-search x\niface eth0 inet6 static\n  address fd00::1/64\n'
        self.assertEqual(import_model.import_interfaces(text),
                         'auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet dhcp\n  dns-search x\niface eth0 inet6 static\n  address fd00::1/64\n')

    def test_networkd(self):
        self.assertIn('[Network]\nDHCP=yes\n', self.dhcp('bookworm-uefi', import_model.import_networkd))

    def test_keyfile(self):
        changed = self.dhcp('bookworm-nm', import_model.import_keyfile)
        self.assertIn('[ipv4]\nmethod=auto\n', changed)
        self.assertIn('[ipv6]\nmethod=ignore', changed)

    def test_netplan(self):
        changed = self.dhcp('bookworm-netplan', import_model.import_netplan)
        self.assertIn('    eth0:\n      dhcp4: true\n', changed)

    def test_bindings_to_the_old_mac_stay(self):
        text = '[Match]\nMACAddress=00:50:56:aa:bb:01\n\n[Network]\nDHCP=yes\n'
        self.assertEqual(import_model.import_networkd(text), text)


class GrubModel(unittest.TestCase):
    CFG = ('set default="3"\nif x; then\n  set timeout=-1\nfi\nmenuentry a {\n\tlinux\t/boot/vmlinuz-6.1.0-28-amd64 root=/dev/sda1 ro\n'
           '\tinitrd\t/boot/initrd.img-6.1.0-28-amd64\n}\n')

    def test_default_and_timeout_change_and_root_does_not(self):
        changed = import_model.import_grub_cfg(self.CFG)
        self.assertIn('set default="0"', changed)
        self.assertIn('  set timeout=1', changed)
        self.assertIn('root=/dev/sda1', changed)

    def test_the_default_entry(self):
        self.assertEqual(importer.default_entry(self.CFG), ('6.1.0-28-amd64', '/boot/initrd.img-6.1.0-28-amd64'))
        self.assertEqual(importer.default_entry(self.CFG.replace('/boot/', '/'))[1], '/boot/initrd.img-6.1.0-28-amd64')
        with self.assertRaises(import_model.Refused):
            importer.default_entry('menuentry x { chainloader +1 }')


class Refusals(unittest.TestCase):
    GOOD = {'fstab': 'UUID=a / ext4 defaults 0 1\n', 'grub_cfgs': {'/boot/grub/grub.cfg': 'linux'}, 'kernel': '6.1.0-28-amd64',
            'initramfs_readable': True}

    def refuses(self, message, **changes):
        with self.assertRaisesRegex(import_model.Refused, message):
            import_model.check_importable(**{**self.GOOD, **changes})

    def test_a_good_guest_is_not_refused(self):
        import_model.check_importable(**self.GOOD)
        import_model.check_importable(**{**self.GOOD, 'grub_cfgs': {'/boot/grub/grub.cfg': 'linux', '/boot/efi/EFI/debian/grub.cfg': 'configfile x'}})

    def test_documented_errors(self):
        self.refuses('fstab', fstab=None)
        self.refuses('fstab', fstab='# nothing\n')
        self.refuses('No GRUB', grub_cfgs={})
        self.refuses('Multiple different', grub_cfgs={'/boot/grub/grub.cfg': 'a', '/boot/grub/menu.lst': 'b'})
        self.refuses('Unsupported kernel', kernel='6.12.43+deb13-amd64')
        self.refuses('initramfs', initramfs_readable=False)


class Boots(unittest.TestCase):
    def test_fatal_texts_end_the_wait(self):
        boot = verdict.Watch(240).judge(b'...\nGave up waiting for root file system device.\n', 40)
        self.assertEqual((boot.outcome, boot.reachable), ('initramfs', False))
        self.assertEqual(verdict.Watch(240).judge(b'You are in emergency mode. ', 100).outcome, 'emergency')

    def test_a_login_prompt_starts_the_grace(self):
        watch = verdict.Watch(240)
        self.assertIsNone(watch.judge(b'host login: ', 30))
        self.assertIsNone(watch.judge(b'host login: ', 44))
        self.assertEqual(watch.judge(b'host login: ', 46).outcome, 'nossh')

    def test_slow_machines_get_a_longer_grace(self):
        watch = verdict.Watch(400)
        watch.judge(b'host login: ', 100)
        self.assertIsNone(watch.judge(b'host login: ', 135))

    def test_full_waits_to_the_limit(self):
        watch = verdict.Watch(240, full=True)
        watch.judge(b'host login: ', 30)
        self.assertIsNone(watch.judge(b'host login: ', 239))
        self.assertEqual(watch.judge(b'host login: ', 241).outcome, 'nossh')

    def test_a_refused_key_is_not_final_while_the_guest_boots(self):
        watch = verdict.Watch(240)
        watch.refused('Permission denied (publickey)')
        self.assertIsNone(watch.judge(b'', 20))
        watch.judge(b'host login: ', 30)
        self.assertEqual(watch.judge(b'host login: ', 60).outcome, 'denied')

    def test_silence_is_a_timeout(self):
        self.assertEqual(verdict.Watch(240).judge(b'GRUB loading', 241).outcome, 'timeout')


class Comparison(unittest.TestCase):
    READY, NOT_READY = Said('ready'), Said('not-ready', ('linux-fstab-uuid',))

    def test_all_four_corners(self):
        up, down = Boot('ssh'), Boot('nossh')
        self.assertEqual(verdict.compare(self.READY, up), 'right')
        self.assertEqual(verdict.compare(self.NOT_READY, down), 'right')
        self.assertEqual(verdict.compare(self.READY, down), 'miss')
        self.assertEqual(verdict.compare(self.NOT_READY, up), 'false-alarm')
        self.assertEqual(verdict.compare(Said('undetermined'), down), 'undetermined')

    def test_a_lost_mount_must_at_least_be_warned_of(self):
        lost = Boot('ssh', lost=('/srv/data',))
        self.assertEqual(verdict.compare(self.READY, lost), 'silent-loss')
        self.assertEqual(verdict.compare(Said('ready', warnings=('linux-fstab-uuid',)), lost), 'right')

    def test_reading_a_report(self):
        said = verdict.read_report({'verdict': 'not-ready', 'findings': [
            {'id': 'a', 'status': 'fail', 'severity': 'blocker', 'summary': 's', 'evidence': [], 'remedy': {'fixer': 'a', 'kind': 'opt-in'}},
            {'id': 'b', 'status': 'fail', 'severity': 'warning', 'summary': 's', 'evidence': [], 'remedy': None},
            {'id': 'c', 'status': 'unknown', 'severity': 'blocker', 'summary': 's', 'evidence': []},
            {'id': 'd', 'status': 'pass', 'severity': 'blocker', 'summary': 's', 'evidence': []}]})
        self.assertEqual((said.blockers, said.warnings, said.unknown, said.fixers), (('a',), ('b',), ('c',), {'a': 'opt-in'}))

    def test_the_matrix_counts_verdict_against_boot(self):
        table = verdict.confusion([(self.READY, Boot('ssh')), (self.READY, Boot('nossh')), (self.NOT_READY, Boot('nossh'))])
        self.assertEqual(table, {('ready', True): 1, ('ready', False): 1, ('not-ready', False): 1})


class Problems(unittest.TestCase):
    CASE = cases.Case('x', 'given', 'true', 'it', ('snapshot',))

    def result(self, said, boot, fix=None):
        return runner.Result(self.CASE, {'snapshot': runner.Route(said, boot)}, fix)

    def test_a_right_verdict_is_no_problem(self):
        self.assertEqual(self.result(Said('not-ready', ('a',)), Boot('nossh')).problems(), [])

    def test_misses_name_the_case_and_the_route(self):
        result = self.result(Said('ready'), Boot('nossh', 'a login prompt, but no SSH'))
        self.assertIn('x: miss (snapshot)', report.problems([result])[0])

    def test_a_boot_that_contradicts_the_table_is_a_problem(self):
        self.assertIn('expectation', self.result(None, Boot('ssh')).problems()[0])

    def test_harness_errors_are_told_apart(self):
        result = runner.Result(self.CASE, {'snapshot': runner.Route(error='no source VM')})
        self.assertEqual(result.problems(), ['harness (snapshot): no source VM'])
        self.assertEqual(result.routes['snapshot'].worth, 'harness')

    def test_fixes(self):
        good = runner.Fix('snapshot', exit_code=0, said=Said('ready'), boot=Boot('ssh'), undo_difference=[])
        self.assertEqual(runner.fix_problems(good), [])
        for changes, problem in (({'undo_difference': ['/etc/fstab|x']}, 'undo'), ({'boot': Boot('nossh')}, 'miss after fix'),
                                 ({'boot': Boot('ssh', lost=('/srv',))}, 'mounts lost'), ({'exit_code': 5}, 'ended with 5'),
                                 ({'said': Said('not-ready', ('a',), fixers={'a': 'safe'}), 'boot': Boot('nossh')}, 'fix incomplete')):
            fix = runner.Fix(**{**vars(good), **changes})
            self.assertTrue(any(problem in text for text in runner.fix_problems(fix)), problem)

    def test_mounts_are_read_from_proc(self):
        text = (b'/dev/sda1 / ext4 rw,relatime 0 0\nproc /proc proc rw 0 0\n/dev/sdb1 /srv/data ext4 ro 0 0\n==\n'
                b'Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n')
        self.assertEqual(runner.mounted(text), {'/': True, '/srv/data': False, 'swap': True})




if __name__ == '__main__':
    unittest.main()
