// SPDX-License-Identifier: Apache-2.0
#include "agent/core/text.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"

namespace guestprep {
namespace {

using Files = std::map<std::string, std::string>;
const std::string kConfig = "/etc/ssh/sshd_config";

FakeHost host_with(const std::string& text) {
    FakeHost host;
    host.files.file("/usr/sbin/sshd", "ELF", 0755).file(kConfig, text);
    return host;
}

Files fix(const FakeHost& host) {
    return fix_loop(host, fixers::listen_on_every_address, checks::ssh_listens_on_new_address)
        .files;
}

std::string refusal(const std::string& text) {
    return refusal_of(host_with(text), fixers::listen_on_every_address);
}

TEST_CASE("listen_on_every_address: addresses become comments, the rest stays") {
    CHECK(fix(host_with("# ours\r\nPort 2222\r\n\tListenAddress 10.0.0.5\r\nlistenaddress=::1\r\n"
                        "PermitRootLogin no")) ==
          Files{{kConfig,
                 "# ours\r\nPort 2222\r\n#\tListenAddress 10.0.0.5\r\n#listenaddress=::1\r\n"
                 "PermitRootLogin no"}});
    CHECK(fix(host_with("AddressFamily inet6\nUsePAM yes\n")) ==
          Files{{kConfig, "#AddressFamily inet6\nUsePAM yes\n"}});
}

TEST_CASE("listen_on_every_address: files that are included") {
    auto host = host_with("Include /etc/ssh/sshd_config.d/*.conf\n");
    host.files.file("/etc/ssh/sshd_config.d/10-lan.conf", "ListenAddress 192.168.77.10\n");
    CHECK(fix(host) ==
          Files{{"/etc/ssh/sshd_config.d/10-lan.conf", "#ListenAddress 192.168.77.10\n"}});
}

TEST_CASE("listen_on_every_address: /etc/nologin goes, whatever is in it") {
    auto host = host_with("Port 22\n");
    host.files.file("/etc/nologin", "Down for\r\nmaintenance");
    CHECK(fix(host) == Files{{"/etc/nologin", "gone"}});
    host.files.file("/etc/nologin", "");
    CHECK(fix(host) == Files{{"/etc/nologin", "gone"}});
}

TEST_CASE("listen_on_every_address: TCP wrappers admit sshd's clients before all else") {
    auto host = host_with("Port 22\n");
    host.files.file("/usr/sbin/sshd", "ELF libwrap.so.0", 0755)
        .file("/etc/hosts.deny", "ALL: ALL\n");
    CHECK(fix(host) == Files{{"/etc/hosts.allow", "sshd: ALL\n"}});
    host.files.file("/etc/hosts.allow", "# ours\r\nsshd: 10.0.0.0/255.0.0.0\r\nsshd: ALL: deny");
    CHECK(fix(host) ==
          Files{{"/etc/hosts.allow",
                 "sshd: ALL\r\n# ours\r\nsshd: 10.0.0.0/255.0.0.0\r\nsshd: ALL: deny"}});
    host.files.deny("/etc/hosts.allow");
    CHECK_FALSE(refusal_of(host, fixers::listen_on_every_address).empty());
    // An sshd without TCP wrappers never looks.
    host.files.file("/usr/sbin/sshd", "ELF", 0755);
    CHECK(refusal_of(host, fixers::listen_on_every_address).empty());
}

TEST_CASE(
    "listen_on_every_address: a port in the line is not lost; nothing to do is nothing done") {
    CHECK(contains(refusal("ListenAddress 10.0.0.5:2222\n"), "names a port"));
    CHECK(refusal("Port 22\n").empty());
    CHECK(refusal("ListenAddress 0.0.0.0\n").empty());
}

}  // namespace
}  // namespace guestprep
