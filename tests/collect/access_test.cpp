// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>

#include "agent/collect/collect.h"
#include "agent/collect/services.h"
#include "agent/facts/facts_json.h"
#include "tests/support/catch.h"
#include "tests/support/fake_host.h"

namespace guestprep {
namespace {

const std::string kKey =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGvj/5TJy0ugexST73H71n5gCtrysE4caygL8xfl5lrM x\n";
constexpr auto kUnit = "/usr/lib/systemd/system/ssh.service";

/// Debian 12 with alice, who has a key, a password and sudo.
FakeHost debian() {
    FakeHost fake;
    fake.files.link("/sbin/init", "/lib/systemd/systemd").file("/lib/systemd/systemd", "ELF");
    fake.files.file("/etc/debian_version", "12.5\n");
    constexpr std::string_view kStrings("OpenSSH_2.*,OpenSSH_6.6.1*\0OpenSSH_9.2p1 x\0libwrap.so.0",
                                        56);
    fake.files.file("/usr/sbin/sshd", std::string(65500, 'x') + std::string(kStrings));
    fake.files.file(kUnit,
                    "[Unit]\nConditionPathExists=!/etc/ssh/sshd_not_to_be_run\n"
                    "[Service]\nExecStart=/usr/sbin/sshd -D\n[Install]\n");
    fake.files.link("/etc/systemd/system/multi-user.target.wants/ssh.service", kUnit);
    fake.files.file("/etc/ssh/sshd_config", "Include /etc/ssh/sshd_config.d/*.conf\nUsePAM yes\n");
    fake.files.file("/etc/ssh/ssh_host_ed25519_key", "KEY", 0600);
    fake.files.file("/etc/passwd",
                    "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1::/:/usr/sbin/nologin\n"
                    "alice:x:1000:1000::/home/alice:/bin/bash\n");
    fake.files.file("/etc/shadow", "root:*:19000::::::\nalice:$6$s$secrethash:19000::::::\n", 0640);
    fake.files.file("/etc/group", "root:x:0:\nsudo:x:27:alice\nalice:x:1000:\n");
    fake.files.file("/etc/login.defs", "UID_MIN 1000\n").file("/bin/bash", "ELF", 0755);
    fake.files.file("/usr/bin/sudo", "ELF", 04755);
    fake.files.file("/etc/sudoers", "%sudo ALL=(ALL:ALL) ALL\n", 0440);
    fake.files.directory("/root", 0700);
    fake.files.directory("/home/alice", 0755, 1000, 1000);
    fake.files.directory("/home/alice/.ssh", 0700, 1000, 1000);
    fake.files.file("/home/alice/.ssh/authorized_keys", kKey, 0600, 1000, 1000);
    return fake;
}

AccessFacts access_of(const FakeHost& fake) {
    Facts facts;
    collect_access(fake.host(), BootServices(fake.host()), facts);
    return facts.access;
}

LoginUser user_of(const FakeHost& fake, std::string_view name) {
    const auto access = access_of(fake);
    REQUIRE(access.users);
    const auto found = std::ranges::find(*access.users, name, &LoginUser::name);
    REQUIRE(found != access.users->end());
    return *found;
}

/// Alice under another configuration.
LoginUser alice_with(std::string config) {
    auto fake = debian();
    fake.files.file("/etc/ssh/sshd_config", "UsePAM yes\n" + config);
    return user_of(fake, "alice");
}

TEST_CASE("access: a plain Debian lets alice in with her key and her password") {
    const auto fake = debian();
    const auto access = access_of(fake);
    CHECK(access.ssh.program.value_or("") == "/usr/sbin/sshd");
    CHECK(access.ssh.version.value_or("") == "9.2");
    CHECK(access.ssh.uses_hosts_access);
    CHECK(access.ssh.service.starts());
    CHECK(access.ssh.service.name == "ssh");
    CHECK(access.ssh.host_keys == std::vector<std::string>{"/etc/ssh/ssh_host_ed25519_key"});
    CHECK(access.ssh.problems.empty());
    REQUIRE(access.ssh_ports);
    CHECK(*access.ssh_ports == std::vector<std::uint16_t>{22});
    REQUIRE(access.users);
    CHECK(access.users->size() == 2);
    const auto alice = user_of(fake, "alice");
    CHECK(alice.key_login() == Truth::yes);
    CHECK(alice.password_login() == Truth::yes);
    CHECK(alice.administrator == Truth::yes);
    CHECK(alice.administrator_by == "/etc/sudoers:1: %sudo");
    CHECK_FALSE(alice.system_account);
    const auto root = user_of(fake, "root");
    CHECK(root.key_login() == Truth::no);
    CHECK(root.password_login() == Truth::no);
}

TEST_CASE("access: no hash is in the saved facts, and saved facts judge alike") {
    Facts facts;
    collect_access(debian().host(), BootServices(debian().host()), facts);
    const auto saved = facts_to_json(facts);
    CHECK(saved.find("secrethash") == std::string::npos);
    const auto loaded = facts_from_json(saved);
    REQUIRE(loaded);
    CHECK(facts_to_json(*loaded) == saved);
}

TEST_CASE("access: a guest without sshd has no ports") {
    const FakeHost empty;
    const auto access = access_of(empty);
    CHECK(access.ssh.program.is_absent());
    CHECK(access.ssh_ports.is_absent());
    CHECK_FALSE(access.users);
}

TEST_CASE("access: ports come from the configuration, its inclusions and the start options") {
    auto fake = debian();
    fake.files.file("/etc/ssh/sshd_config.d/10-port.conf", "Port 2222\nListenAddress [::1]:443\n");
    CHECK(*access_of(fake).ssh_ports == std::vector<std::uint16_t>{443});
    fake.files.file("/etc/ssh/sshd_config.d/10-port.conf", "Port 2222\nPort 22\n");
    CHECK(*access_of(fake).ssh_ports == std::vector<std::uint16_t>{2222, 22});
    fake.files.file("/etc/default/ssh", "# c\nSSHD_OPTS=\"-p 8022 -oPasswordAuthentication=no\"\n");
    CHECK(*access_of(fake).ssh_ports == std::vector<std::uint16_t>{8022});
    CHECK_FALSE(user_of(fake, "alice").password_login() == Truth::no);  // UsePAM's own dialogue
    fake.files.file("/etc/default/ssh", "SSHD_OPTS=-f /etc/ssh/other\n");
    fake.files.file("/etc/ssh/other", "Port 7\n");
    CHECK(access_of(fake).ssh.config.value_or("") == "/etc/ssh/other");
}

TEST_CASE("access: a socket that listens for sshd has its own ports") {
    FakeHost ubuntu;
    ubuntu.files.link("/sbin/init", "/lib/systemd/systemd").file("/lib/systemd/systemd", "ELF");
    ubuntu.files.file("/usr/sbin/sshd", "OpenSSH_9.6p1 Ubuntu");
    ubuntu.files.file(kUnit, "[Service]\nExecStart=/usr/sbin/sshd -D\n[Install]\n");
    ubuntu.files.file("/usr/lib/systemd/system/ssh.socket",
                      "[Socket]\nListenStream=0.0.0.0:22\nListenStream=[::]:22\n[Install]\n");
    ubuntu.files.link("/etc/systemd/system/sockets.target.wants/ssh.socket",
                      "/usr/lib/systemd/system/ssh.socket");
    ubuntu.files.file("/etc/ssh/sshd_config", "Port 2222\n");
    CHECK(*access_of(ubuntu).ssh_ports == std::vector<std::uint16_t>{22});
    ubuntu.files.file("/etc/systemd/system/ssh.socket.d/listen.conf",
                      "[Socket]\nListenStream=\nListenStream=2200\n");
    CHECK(*access_of(ubuntu).ssh_ports == std::vector<std::uint16_t>{2200});
    // From 23.10 on Ubuntu makes the socket out of sshd_config.
    ubuntu.files.file("/usr/lib/systemd/system-generators/sshd-socket-generator", "ELF");
    CHECK(*access_of(ubuntu).ssh_ports == std::vector<std::uint16_t>{2222});
}

TEST_CASE("access: an unreadable configuration leaves the ports unknown") {
    auto fake = debian();
    fake.files.deny("/etc/ssh/sshd_config");
    const auto access = access_of(fake);
    CHECK_FALSE(access.ssh_ports);
    CHECK_FALSE(access.ssh_ports.is_absent());
    CHECK_FALSE(access.ssh.config);
}

TEST_CASE("access: sshd is asked for its own verdict where that can be had") {
    auto fake = debian();
    fake.commands.on("/usr/sbin/sshd -t", {0, "", ""});
    CHECK(access_of(fake).ssh.self_test.value_or("?").empty());
    fake.commands.on("/usr/sbin/sshd -t", {255, "", "/etc/ssh/sshd_config: line 1: Bad option\n"});
    CHECK(access_of(fake).ssh.self_test.value_or("").find("Bad option") != std::string::npos);
    // /run/sshd is made by the service just before it starts: no fault of the configuration.
    fake.commands.on("/usr/sbin/sshd -t",
                     {255, "", "Missing privilege separation directory: /run/sshd\n"});
    CHECK_FALSE(access_of(fake).ssh.self_test);
    fake.running = false;
    CHECK_FALSE(access_of(fake).ssh.self_test);
}

TEST_CASE("access: host keys that others may read are not loaded, makers of keys are found") {
    auto fake = debian();
    fake.files.file("/etc/ssh/ssh_host_ed25519_key", "KEY", 0644);
    auto ssh = access_of(fake).ssh;
    CHECK(ssh.host_keys.empty());
    CHECK(ssh.bad_host_keys.size() == 1);
    CHECK(ssh.key_generator.empty());
    fake.files.file(kUnit, "[Service]\nExecStartPre=/usr/sbin/sshd-gen-keys-start\n[Install]\n");
    CHECK_FALSE(access_of(fake).ssh.key_generator.empty());
}

TEST_CASE("access: Debian's switch for sshd") {
    auto fake = debian();
    fake.files.file("/etc/ssh/sshd_not_to_be_run", "");
    const auto ssh = access_of(fake).ssh;
    CHECK(ssh.switched_off_by == "/etc/ssh/sshd_not_to_be_run");
    CHECK_FALSE(ssh.service.starts());
}

TEST_CASE("access: lists of users and groups decide who gets in") {
    CHECK(alice_with("AllowUsers bob\n").refused.where == "/etc/ssh/sshd_config:2");
    CHECK(alice_with("AllowUsers bob al*\n").refused.text.empty());
    CHECK_FALSE(alice_with("AllowUsers alice@10.0.0.1\n").refused.text.empty());
    CHECK(alice_with("AllowUsers alice@*\n").refused.text.empty());
    CHECK_FALSE(alice_with("DenyUsers alice\n").refused.text.empty());
    CHECK(alice_with("DenyUsers alice@10.0.0.1\n").refused.text.empty());
    CHECK_FALSE(alice_with("AllowGroups wheel\n").refused.text.empty());
    CHECK(alice_with("AllowGroups wheel sudo\n").refused.text.empty());
    CHECK_FALSE(alice_with("DenyGroups sudo\n").refused.text.empty());
    CHECK(alice_with("Match User alice\nAllowUsers alice\n").refused.text.empty());
}

TEST_CASE("access: what sshd asks for decides what helps") {
    CHECK(alice_with("PubkeyAuthentication no\n").key_login() == Truth::no);
    CHECK(alice_with("PasswordAuthentication no\nKbdInteractiveAuthentication no\n")
              .password_login() == Truth::no);
    CHECK(alice_with("Match Group sudo\nForceCommand internal-sftp\n").key_login() == Truth::no);
    const auto both = alice_with("AuthenticationMethods publickey,password\n");
    CHECK(both.key_login() == Truth::yes);
    CHECK(both.password_login() == Truth::no);
    CHECK(alice_with("AuthenticationMethods gssapi-with-mic\n").key_login() == Truth::no);
    CHECK(alice_with("AuthorizedKeysFile /etc/keys/%u\n").key_login() == Truth::no);
    CHECK(alice_with("AuthorizedKeysFile none\nAuthorizedKeysCommand /usr/bin/sss_ssh %u\n")
              .key_login() == Truth::unknown);
    CHECK(alice_with("AuthorizedKeysFile %h/.ssh/authorized_keys\n").key_login() == Truth::yes);
    CHECK(alice_with("PubkeyAcceptedAlgorithms rsa-sha2-512\n").key_login() == Truth::no);
}

LoginUser root_with(std::string_view config, std::string version = "9.2") {
    auto fake = debian();
    fake.files.file("/usr/sbin/sshd", "OpenSSH_" + version + "p1");
    fake.files.file("/etc/ssh/sshd_config", std::string(config));
    fake.files.file("/etc/shadow", "root:$6$s$h:19000::::::\n");
    fake.files.file("/root/.ssh/authorized_keys", kKey, 0600);
    return user_of(fake, "root");
}

TEST_CASE("access: PermitRootLogin and its defaults") {
    CHECK(root_with("").key_login() == Truth::yes);
    CHECK(root_with("").password_login() == Truth::no);
    CHECK(root_with("", "6.6").password_login() == Truth::yes);
    CHECK(root_with("PermitRootLogin yes\n").password_login() == Truth::yes);
    CHECK(root_with("PermitRootLogin no\n").key_login() == Truth::no);
    CHECK(root_with("PermitRootLogin forced-commands-only\n").key_login() == Truth::no);
    CHECK(root_with("PermitRootLogin without-password\n").key_login() == Truth::yes);
}

LoginUser alice_after(const std::function<void(FakeFiles&)>& change) {
    auto fake = debian();
    change(fake.files);
    return user_of(fake, "alice");
}

TEST_CASE("access: StrictModes looks at owners and modes up to the home directory") {
    const auto after = [](const std::function<void(FakeFiles&)>& change) {
        return alice_after(change).key_login();
    };
    CHECK(after([](FakeFiles& f) { f.directory("/home/alice", 0777, 1000, 1000); }) == Truth::no);
    CHECK(after([](FakeFiles& f) { f.directory("/home", 0777); }) == Truth::yes);
    CHECK(after([](FakeFiles& f) { f.directory("/home/alice/.ssh", 0700, 1001); }) == Truth::no);
    CHECK(after([](FakeFiles& f) {
              f.file("/home/alice/.ssh/authorized_keys", kKey, 0666, 1000);
          }) == Truth::no);
    CHECK(after([](FakeFiles& f) { f.file("/home/alice/.ssh/authorized_keys", kKey, 0644, 0); }) ==
          Truth::yes);
    CHECK(after([](FakeFiles& f) {
              f.directory("/home/alice", 0777, 1000, 1000);
              f.file("/etc/ssh/sshd_config", "StrictModes no\n");
          }) == Truth::yes);
    // Debian lets a group write whose only member is the user; others do not.
    CHECK(after([](FakeFiles& f) { f.directory("/home/alice", 0775, 1000, 1000); }) == Truth::yes);
    CHECK(after([](FakeFiles& f) { f.directory("/home/alice", 0775, 1000, 27); }) == Truth::no);
}

TEST_CASE("access: sshd reads keys as their user, who must get to them") {
    const auto after = [](const std::function<void(FakeFiles&)>& change) {
        return alice_after(change);
    };
    const auto keys_of_root =
        after([](FakeFiles& f) { f.file("/home/alice/.ssh/authorized_keys", kKey, 0600, 0, 0); });
    CHECK(keys_of_root.key_login() == Truth::no);
    CHECK(keys_of_root.key_files.at(0).trouble ==
          "alice may not read /home/alice/.ssh/authorized_keys (owner uid 0, mode 0600)");
    CHECK(after([](FakeFiles& f) { f.directory("/home/alice/.ssh", 0700, 0, 0); }).key_login() ==
          Truth::no);
    CHECK(after([](FakeFiles& f) { f.directory("/home", 0700, 0, 0); }).key_login() == Truth::no);
    CHECK(after([](FakeFiles& f) { f.directory("/home", 0750, 0, 1000); }).key_login() ==
          Truth::yes);
    CHECK(after([](FakeFiles& f) { f.directory("/home", 0750, 0, 27); }).key_login() ==
          Truth::yes);  // by a group that /etc/group gives to alice
    // The group's bits may be the mask of a list that names alice.
    const auto listed = after([](FakeFiles& f) { f.directory("/home", 0750, 0, 0); });
    CHECK(listed.key_login() == Truth::unknown);
    CHECK(listed.why_no_key_login().starts_with("only an access control list could let alice"));
    // StrictModes off does not give anybody rights.
    CHECK(after([](FakeFiles& f) {
              f.file("/home/alice/.ssh/authorized_keys", kKey, 0600, 0, 0);
              f.file("/etc/ssh/sshd_config", "StrictModes no\n");
          }).key_login() == Truth::no);
}

TEST_CASE("access: what would have to change for keys to be taken, where that is certain") {
    const auto mend = [](const std::function<void(FakeFiles&)>& change) {
        std::string out;
        const auto alice = alice_after(change);
        for (const auto& place : alice.key_files.at(0).mendable)
            out += place.path + " " + std::to_string(place.wanted_permissions) + " " +
                   std::to_string(place.wanted_uid) + "\n";
        return out;
    };
    CHECK(mend([](FakeFiles&) {}).empty());
    CHECK(mend([](FakeFiles& f) { f.directory("/home/alice", 02775, 1000, 27); }) ==
          "/home/alice " + std::to_string(02755) + " 1000\n");
    CHECK(mend([](FakeFiles& f) {
              f.directory("/home/alice/.ssh", 0700, 0, 0)
                  .file("/home/alice/.ssh/authorized_keys", kKey, 0666, 0);
          }) == "/home/alice/.ssh/authorized_keys " + std::to_string(0644) +
                    " 0\n/home/alice/.ssh " + std::to_string(0700) + " 1000\n");
    CHECK(mend([](FakeFiles& f) {
              f.file("/home/alice/.ssh/authorized_keys", kKey, 0666, 1001);
          }).empty());
    CHECK(mend([](FakeFiles& f) { f.directory("/home", 0700, 0, 0); }).empty());
    CHECK(mend([](FakeFiles& f) {
              f.link("/home/alice/.ssh/authorized_keys", "/srv/keys/alice");
              f.directory("/srv/keys", 0777).file("/srv/keys/alice", kKey, 0644, 0);
          }).empty());
}

TEST_CASE("access: key files behind links are judged where they are") {
    CHECK(alice_after([](FakeFiles& f) {
              f.link("/home/alice/.ssh/authorized_keys", "/srv/keys/alice");
              f.file("/srv/keys/alice", kKey, 0644, 0);
          }).key_login() == Truth::yes);
    const auto alice = alice_after([](FakeFiles& f) {
        f.link("/home/alice/.ssh/authorized_keys", "/srv/keys/alice");
        f.directory("/srv/keys", 0777).file("/srv/keys/alice", kKey, 0644, 0);
    });
    CHECK(alice.key_login() == Truth::no);
    CHECK(alice.key_files.at(0).trouble.starts_with("/srv/keys is writable"));
}

TEST_CASE("access: keys that open no shell do not count") {
    for (const std::string options : {"command=\"/bin/true\" ", "from=\"10.0.0.0/8\" ",
                                      "expiry-time=\"20200101\" ", "bogus-option "}) {
        const auto alice = alice_after([&](FakeFiles& f) {
            f.file("/home/alice/.ssh/authorized_keys", options + kKey, 0600, 1000);
        });
        INFO(options);
        CHECK(alice.key_login() == Truth::no);
        CHECK(alice.key_files.at(0).limited == 1);
    }
    CHECK(alice_after([&](FakeFiles& f) {
              f.file("/home/alice/.ssh/authorized_keys", "from=\"*\",no-pty " + kKey, 0600, 1000);
          }).key_login() == Truth::yes);
}

TEST_CASE("access: accounts that are over, locked or shut out") {
    CHECK_FALSE(alice_after([](FakeFiles& f) {
                    f.file("/etc/shadow", "alice:$6$s$h:19000:0:99999:7::15000:\n");
                }).refused.text.empty());
    CHECK_FALSE(alice_after([](FakeFiles& f) { f.file("/etc/nologin", ""); }).refused.text.empty());
    const auto locked =
        alice_after([](FakeFiles& f) { f.file("/etc/shadow", "alice:!$6$s$h:19000::::::\n"); });
    CHECK(locked.key_login() == Truth::yes);  // PAM minds the dates only
    CHECK(locked.password_login() == Truth::no);
    CHECK(locked.administrator == Truth::no);  // sudo asks for the password
    const auto without_pam = alice_after([](FakeFiles& f) {
        f.file("/etc/shadow", "alice:!:19000::::::\n").file("/etc/ssh/sshd_config", "UsePAM no\n");
    });
    CHECK(without_pam.refused.where == "/etc/shadow:1");
    CHECK_FALSE(alice_after([](FakeFiles& f) {
                    f.file("/etc/passwd", "alice:x:1000:1000::/home/alice:/bin/gone\n");
                }).refused.text.empty());
}

TEST_CASE("access: what may not be read is unknown") {
    const auto alice = alice_after([](FakeFiles& f) {
        f.deny("/etc/shadow").deny("/home/alice/.ssh/authorized_keys").deny("/etc/sudoers");
    });
    CHECK(alice.key_login() == Truth::unknown);
    CHECK(alice.password_login() == Truth::unknown);
    CHECK(alice.administrator == Truth::unknown);
}

TEST_CASE("access: remote accounts are those with something behind them") {
    auto fake = debian();
    fake.files.file("/etc/nsswitch.conf", "passwd: files sss ldap\n");
    CHECK(*access_of(fake).remote_accounts == std::vector<std::string>{"ldap"});
    // RHEL 8 starts it without a configuration, for the local accounts.
    fake.files.file("/usr/lib/systemd/system/sssd.service",
                    "[Install]\nWantedBy=multi-user.target\n");
    fake.files.link("/etc/systemd/system/multi-user.target.wants/sssd.service",
                    "/usr/lib/systemd/system/sssd.service");
    fake.files.file("/etc/sssd/conf.d/.hidden.conf", "");
    CHECK(*access_of(fake).remote_accounts == std::vector<std::string>{"ldap"});
    auto included = fake;
    included.files.file("/etc/sssd/conf.d/corp.conf", "[domain/corp]\n", 0600);
    CHECK(*access_of(included).remote_accounts == std::vector<std::string>{"sss", "ldap"});
    auto denied = fake;
    denied.files.deny("/etc/sssd/conf.d");
    CHECK(*access_of(denied).remote_accounts == std::vector<std::string>{"sss", "ldap"});
    fake.files.file("/etc/sssd/sssd.conf", "[sssd]\n", 0600);
    CHECK(*access_of(fake).remote_accounts == std::vector<std::string>{"sss", "ldap"});
}

TEST_CASE("access: cloud-init starts where its generator may start it") {
    auto fake = debian();
    CHECK(access_of(fake).cloud_init.state == Enablement::absent);
    fake.files.file("/usr/lib/systemd/system/cloud-init.service", "[Install]\n");
    CHECK_FALSE(access_of(fake).cloud_init.starts());
    fake.files.file("/usr/lib/systemd/system-generators/cloud-init-generator", "#!/bin/sh\n");
    fake.files.link("/etc/systemd/system/cloud-init.target.wants/cloud-init.service",
                    "/usr/lib/systemd/system/cloud-init.service");
    CHECK(access_of(fake).cloud_init.starts());
    fake.files.file("/etc/cloud/cloud-init.disabled", "");
    CHECK_FALSE(access_of(fake).cloud_init.starts());
}

TEST_CASE("access: a hundred thousand accounts are looked at in time") {
    auto fake = debian();
    std::string passwd = "root:x:0:0::/root:/bin/bash\n";
    std::string shadow;
    for (int i = 1000; i < 101000; ++i) {
        passwd += "u" + std::to_string(i) + ":x:" + std::to_string(i) + ":100::/home/u:/bin/bash\n";
        shadow += "u" + std::to_string(i) + ":!:1::::::\n";
    }
    fake.files.file("/etc/passwd", passwd).file("/etc/shadow", shadow);
    const auto access = access_of(fake);
    REQUIRE(access.users);
    CHECK(access.users->size() + access.users_left_out == 100001);
}

TEST_CASE("access: an include that names itself ends") {
    auto fake = debian();
    fake.files.file("/etc/ssh/sshd_config", "Include /etc/ssh/*_config\n");
    CHECK_FALSE(access_of(fake).ssh.problems.empty());
}

}  // namespace
}  // namespace guestprep
