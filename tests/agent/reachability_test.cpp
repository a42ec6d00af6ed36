// SPDX-License-Identifier: Apache-2.0
#include "agent/reachability.h"

#include "agent/report/sections.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/network_facts.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

/// Everything that a login needs is there.
Facts reachable() {
    auto facts = sound_boot_facts();
    facts.os.init = InitSystem::systemd;
    facts.network = network_with(started_interface("eth0", NetMethod::dhcp));
    auto& access = facts.access;
    access.ssh_ports = std::vector<std::uint16_t>{22};
    access.ssh.program = "/usr/sbin/sshd";
    access.ssh.service = {"sshd.service", Enablement::enabled, "/etc/systemd/x", "", false};
    access.ssh.socket = {"ssh.socket", Enablement::absent, "", "", false};
    access.ssh.config = "/etc/ssh/sshd_config";
    access.ssh.self_test = std::string();
    access.ssh.host_keys = {"/etc/ssh/ssh_host_rsa_key"};
    access.ssh.listeners = {{"", 22, ""}};
    LoginUser user;
    user.name = "admin";
    user.uid = 1000;
    user.where = "/etc/passwd:31";
    user.key_files = {{"/home/admin/.ssh/authorized_keys", 1, 0, 0, "", ""}};
    user.administrator = Truth::yes;
    user.administrator_by = "/etc/sudoers:20: %wheel";
    access.users = std::vector<LoginUser>{user};
    facts.firewall.now = failure(Errc::not_found, "no rules");
    return facts;
}

ReportReachability judge(const Facts& facts, Route route = Route::image) {
    JudgeOptions options;
    options.route = route;
    return reachability_of(facts, profile_2026(), options);
}

TEST_CASE("reachability: the whole chain holds") {
    const auto out = judge(reachable());
    INFO(chain_text(out));
    CHECK(out.answer == Answer::yes);
    CHECK(out.account == "admin");
    CHECK(chain_text(out).starts_with("yes: admin -> key ok -> shell ok -> sudo ok -> sshd at "));
}

TEST_CASE("reachability: the first link that breaks ends the line") {
    auto facts = reachable();
    facts.access.ssh.service.state = Enablement::disabled;
    facts.network.interfaces[0].starts_at_boot = false;
    const auto out = judge(facts);
    CHECK(out.answer == Answer::no);
    const auto text = chain_text(out);
    CHECK(text.find("SSHD AT BOOT: ") != std::string::npos);
    CHECK(text.find("DHCP") == std::string::npos);
    CHECK(out.steps.back().holds == Answer::no);
}

TEST_CASE("reachability: a fixed address is AWS's to change on one route only") {
    auto facts = reachable();
    facts.network = network_with(started_interface("eth0", NetMethod::fixed));
    CHECK(judge(facts).answer == Answer::yes);
    CHECK(judge(facts, Route::snapshot).answer == Answer::no);
}

TEST_CASE("reachability: accounts") {
    auto facts = reachable();
    facts.access.users->front().administrator = Truth::no;
    CHECK(judge(facts).answer == Answer::yes);
    CHECK(chain_text(judge(facts)).find("no sudo") != std::string::npos);
    facts.access.users->front().refused = {"/etc/ssh/sshd_config:90", "DenyUsers admin"};
    CHECK(judge(facts).answer == Answer::no);
    facts.access.users->clear();
    CHECK(judge(facts).answer == Answer::no);
    facts.access.users = failure(Errc::access_denied, "/etc/shadow: permission denied");
    CHECK(judge(facts).answer == Answer::unknown);
}

TEST_CASE("reachability: facts that nobody collected make no promise") {
    CHECK(judge({}).answer != Answer::yes);
}

}  // namespace
}  // namespace guestprep
