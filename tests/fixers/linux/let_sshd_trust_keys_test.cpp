// SPDX-License-Identifier: Apache-2.0
#include "agent/core/text.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"

namespace guestprep {
namespace {

const std::string kKey =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGvj/5TJy0ugexST73H71n5gCtrysE4caygL8xfl5lrM x\n";
const std::string kKeys = "/home/alice/.ssh/authorized_keys";

/// alice has a key and sudo without a password; nobody else gets in.
FakeHost host() {
    FakeHost out;
    out.files.file("/usr/sbin/sshd", "ELF", 0755).file("/etc/ssh/sshd_config", "UsePAM yes\n");
    out.files.file("/etc/passwd",
                   "root:x:0:0:root:/root:/bin/bash\nalice:x:1000:1000::/home/alice:/bin/bash\n");
    out.files.file("/etc/shadow", "root:*:19000::::::\nalice:!:19000::::::\n", 0640);
    out.files.file("/etc/group", "root:x:0:\nstaff:x:50:alice,bob\nalice:x:1000:\n");
    out.files.file("/etc/login.defs", "UID_MIN 1000\n").file("/bin/bash", "ELF", 0755);
    out.files.file("/etc/sudoers", "alice ALL=(ALL) NOPASSWD: ALL\n", 0440);
    out.files.file("/usr/bin/sudo", "ELF", 04755);
    out.files.directory("/home/alice", 0755, 1000, 1000);
    out.files.directory("/home/alice/.ssh", 0700, 1000, 1000);
    out.files.file(kKeys, kKey, 0600, 1000, 1000);
    return out;
}

std::vector<Change> fix(const FakeHost& host) {
    return fix_loop(host, fixers::let_sshd_trust_keys, checks::user_can_log_in_with_key)
        .set.changes;
}

std::string refusal(const FakeHost& host) { return refusal_of(host, fixers::let_sshd_trust_keys); }

TEST_CASE("let_sshd_trust_keys: takes the right to write from others, and nothing else") {
    auto fake = host();
    fake.files.directory("/home/alice", 02775, 1000, 50).directory("/home/alice/.ssh", 0777, 1000);
    CHECK(fix(fake) ==
          std::vector<Change>{
              ModeEdit{GuestPath("/home/alice"), {02775, 1000, 50}, {02755, 1000, 50}},
              ModeEdit{GuestPath("/home/alice/.ssh"), {0777, 1000, 0}, {0755, 1000, 0}}});
}

TEST_CASE("let_sshd_trust_keys: keys that root put there become readable for their account") {
    auto fake = host();
    fake.files.directory("/home/alice/.ssh", 0700, 0, 0).file(kKeys, kKey, 0600, 0, 0);
    CHECK(fix(fake) == std::vector<Change>{
                           ModeEdit{GuestPath("/home/alice/.ssh"), {0700, 0, 0}, {0700, 1000, 0}},
                           ModeEdit{GuestPath(kKeys), {0600, 0, 0}, {0600, 1000, 0}}});
}

TEST_CASE("let_sshd_trust_keys: keys that might be somebody else's stay untrusted") {
    auto fake = host();
    fake.files.file(kKeys, kKey, 0600, 1001, 1001);
    CHECK(contains(refusal(fake), "belongs to uid 1001"));
    fake.files.file(kKeys, kKey, 0644, 0, 0).directory("/home", 0777);
    CHECK(refusal(fake).empty());  // sshd looks no higher than the home directory
    fake.files.directory("/home", 0700);
    CHECK(contains(refusal(fake), "may not enter /home"));
}

TEST_CASE("let_sshd_trust_keys: an account that gets in, or never will, is left alone") {
    auto fake = host();
    CHECK(refusal(fake).empty());
    fake.files.directory("/home/alice", 0777, 1000, 1000);
    fake.files.file("/etc/ssh/sshd_config", "DenyUsers alice\n");
    CHECK(refusal(fake).empty());
    fake.files.file("/etc/ssh/sshd_config", "").file(kKeys, "no key\n", 0600, 1000, 1000);
    CHECK(refusal(fake).empty());
}

}  // namespace
}  // namespace guestprep
