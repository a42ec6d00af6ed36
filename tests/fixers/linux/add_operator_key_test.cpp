// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"

namespace guestprep {
namespace {

const auto& kFixer = fixers::add_operator_key;
constexpr const char* kKey =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGvj/5TJy0ugexST73H71n5gCtrysE4caygL8xfl5lrM x\n";
constexpr const char* kPlace = "/home/alice/.ssh/authorized_keys";

FakeHost guest() {
    FakeHost fake;
    fake.files.file("/usr/sbin/sshd", "ELF", 0755)
        .file("/etc/ssh/sshd_config", "Port 22\n")
        .file("/etc/passwd", "root:x:0:0::/root:/bin/sh\nalice:x:1000:1000::/home/alice:/bin/sh\n")
        .file("/etc/shadow", "root:*:1::::::\nalice:$6$x$y:19000:0:99999:7:::\n")
        .file("/etc/group", "root:x:0:\nalice:x:1000:\n")
        .file("/etc/sudoers", "alice ALL=(ALL) NOPASSWD: ALL\n", 0440)
        .file("/bin/sh", "ELF", 0755)
        .file("/usr/bin/sudo", "ELF", 04755)
        .file("/etc/shells", "/bin/sh\n")
        .directory("/home/alice/.ssh", 0700, 1000, 1000)
        .directory("/home/alice", 0755, 1000, 1000);
    return fake;
}

FixWishes wish(std::string user, std::string text) {
    return {{{std::move(user), std::move(text)}}};
}

TEST_CASE("key fixer: the operator's key is put in place and opens the account") {
    const auto fixed =
        fix_loop(guest(), kFixer, checks::user_can_log_in_with_key, wish("alice", kKey));
    CHECK(fixed.files.at(kPlace) == kKey);
    const auto& edit = std::get<FileEdit>(fixed.set.changes.at(0));
    CHECK(edit.mode == FileMode{0600, 1000, 0});
}

TEST_CASE("key fixer: what stands in the file stays, unended lines too") {
    auto fake = guest();
    fake.files.file(kPlace, "# none yet", 0600, 1000, 1000);
    const auto fixed =
        fix_loop(fake, kFixer, checks::user_can_log_in_with_key, wish("alice", kKey));
    CHECK(fixed.files.at(kPlace) == std::string("# none yet\n") + kKey);
}

TEST_CASE("key fixer: no key, a private key, junk, nobody: nothing, with the reason") {
    CHECK(refusal_of(guest(), kFixer).find("--add-key") != std::string::npos);
    CHECK(refusal_of(guest(), kFixer, wish("alice", "-----BEGIN OPENSSH PRIVATE KEY-----\n"))
              .find("private") != std::string::npos);
    CHECK(refusal_of(guest(), kFixer, wish("alice", "hello\n")).find("else than public keys") !=
          std::string::npos);
    CHECK(refusal_of(guest(), kFixer, wish("bob", kKey)).find("no account bob") !=
          std::string::npos);
}

TEST_CASE("key fixer: a file that sshd would pass over is not written to") {
    auto fake = guest();
    fake.files.file(kPlace, "", 0666, 1000, 1000);
    CHECK(refusal_of(fake, kFixer, wish("alice", kKey)).find("passes over") != std::string::npos);
}

}  // namespace
}  // namespace guestprep
