// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/ufw.h"

#include "agent/formats/admittance.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

constexpr auto kBefore =
    "*filter\n:ufw-before-input - [0:0]\n:ufw-not-local - [0:0]\n"
    "-A ufw-before-input -i lo -j ACCEPT\n"
    "-A ufw-before-input -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n"
    "-A ufw-before-input -m conntrack --ctstate INVALID -j ufw-logging-deny\n"
    "-A ufw-before-input -m conntrack --ctstate INVALID -j DROP\n"
    "-A ufw-before-input -j ufw-not-local\n"
    "-A ufw-not-local -m addrtype --dst-type LOCAL -j RETURN\n"
    "-A ufw-not-local -m addrtype --dst-type MULTICAST -j RETURN\n"
    "-A ufw-not-local -m limit --limit 3/min --limit-burst 10 -j ufw-logging-deny\n"
    "-A ufw-not-local -j DROP\nCOMMIT\n";
constexpr auto kAfter =
    "*filter\n:ufw-after-input - [0:0]\n"
    "-A ufw-after-input -p tcp --dport 445 -j ufw-skip-to-policy-input\nCOMMIT\n";

Admittance judge(std::string_view user_lines, std::string policy = "DROP",
                 std::string_view more_before = "") {
    UfwConfiguration ufw;
    auto before = std::string(kBefore);
    before.insert(before.find("-A ufw-before-input -j ufw-not-local"), more_before);
    ufw.before = {"/etc/ufw/before.rules", before};
    ufw.after = {"/etc/ufw/after.rules", kAfter};
    ufw.user = {"/etc/ufw/user.rules",
                "*filter\n:ufw-user-input - [0:0]\n:ufw-user-limit - [0:0]\n"
                ":ufw-user-limit-accept - [0:0]\n" +
                    std::string(user_lines) +
                    "\n-A ufw-user-limit -j REJECT\n-A ufw-user-limit-accept -j ACCEPT\nCOMMIT\n"};
    ufw.input_policy = std::move(policy);
    ufw.policy_place = {"/etc/default/ufw:5", "DEFAULT_INPUT_POLICY"};
    return admittance(ufw_filter(ufw), {22}, {"eth0"});
}

TEST_CASE("ufw: what the operator allowed decides, else the policy") {
    CHECK(judge("-A ufw-user-input -p tcp --dport 22 -j ACCEPT").who == Admission::everyone);
    const auto nobody = judge("-A ufw-user-input -p tcp --dport 80 -j ACCEPT");
    CHECK(nobody.who == Admission::nobody);
    CHECK(nobody.because.at(0).where == "/etc/default/ufw:5");
    CHECK(judge("", "REJECT").who == Admission::nobody);
    CHECK(judge("", "ACCEPT").who == Admission::everyone);
    CHECK(judge("-A ufw-user-input -p tcp --dport 22 -j DROP", "ACCEPT").who == Admission::nobody);
    CHECK(judge("-A ufw-user-input -p tcp -s 192.168.77.0/24 --dport 22 -j ACCEPT").who ==
          Admission::some_sources);
}

TEST_CASE("ufw: the first rule wins") {
    CHECK(judge("-A ufw-user-input -p tcp --dport 22 -j REJECT --reject-with tcp-reset\n"
                "-A ufw-user-input -p tcp --dport 22 -j ACCEPT")
              .who == Admission::nobody);
    CHECK(judge("-A ufw-user-input -p tcp --dport 22 -j ACCEPT", "DROP",
                "-A ufw-before-input -p tcp --dport 22 -j DROP\n")
              .who == Admission::nobody);
    CHECK(judge("", "DROP", "-A ufw-before-input -p tcp --dport 22 -j ACCEPT\n").who ==
          Admission::everyone);
}

TEST_CASE("ufw: limit admits") {
    CHECK(judge("-A ufw-user-input -p tcp --dport 22 -m conntrack --ctstate NEW -m recent --set\n"
                "-A ufw-user-input -p tcp --dport 22 -m conntrack --ctstate NEW -m recent --update "
                "--seconds 30 --hitcount 6 -j ufw-user-limit\n"
                "-A ufw-user-input -p tcp --dport 22 -j ufw-user-limit-accept")
              .who == Admission::everyone);
}

TEST_CASE("ufw: broken rules are unknown") {
    CHECK(judge("-A ufw-user-input -j nowhere").who == Admission::unknown);
    CHECK(judge("*filter\n\"").who == Admission::unknown);
}

TEST_CASE("ufw: real files, every fact") {
    for (const auto& fixture : fixtures_of_kind("ufw-user-rules")) {
        CAPTURE(fixture.name);
        const auto tuples = ufw_tuples(fixture.text);
        auto rules = nlohmann::json::array();
        bool denied = false;
        for (const auto& tuple : tuples) {
            rules.push_back({tuple.action, tuple.protocol, tuple.port, tuple.source});
            denied |= tuple.port == "22" && (tuple.action == "deny" || tuple.action == "reject");
        }
        CHECK(tuples.size() == fixture.expected["tuple_count"]);
        CHECK(rules == fixture.expected["rules"]);
        CHECK(denied == fixture.expected["ssh_22_explicitly_denied"].get<bool>());

        UfwConfiguration ufw;
        ufw.before = {"before", kBefore};
        ufw.after = {"after", kAfter};
        ufw.user = {fixture.name, fixture.text};
        ufw.input_policy = "DROP";
        const auto who = admittance(ufw_filter(ufw), {22}, {"eth0"}).who;
        CHECK((who == Admission::everyone) ==
              fixture.expected["ssh_22_allowed_from_anywhere"].get<bool>());
        CHECK(who != Admission::unknown);
    }
}

}  // namespace
}  // namespace guestprep
