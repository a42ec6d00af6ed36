// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/network_facts.h"

namespace guestprep {
namespace {

Finding judge(const NetworkFacts& network) {
    Facts facts;
    facts.network = network;
    return checks::cloud_init_sets_network.evaluate(facts, {});
}

NetworkFacts with_file_of_cloud_init(NetMethod method, const std::string& name) {
    auto config = started_interface(name, method);
    config.by_cloud_init = true;
    return network_with(config);
}

TEST_CASE("cloud-init's network: what it writes anew passes") {
    auto facts = with_file_of_cloud_init(NetMethod::fixed, "ens192");
    facts.cloud_init = CloudInit{.starts = true};
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("cloud-init's network: what stays for the old interface fails") {
    auto facts = with_file_of_cloud_init(NetMethod::dhcp, "ens192");
    CHECK(judge(facts).status == Status::fail);
    facts.cloud_init =
        CloudInit{.starts = true, .network_disabled = {"/etc/cloud/x.cfg:1", "disabled"}};
    CHECK(judge(facts).status == Status::fail);
    facts = with_file_of_cloud_init(NetMethod::dhcp, "eth0");
    facts.cloud_init = CloudInit{.network_disabled = {"/etc/cloud/x.cfg:1", "disabled"}};
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("cloud-init's network: kept from it with a static file of the installer fails") {
    auto facts = network_with(started_interface("eth0", NetMethod::fixed));
    facts.cloud_init =
        CloudInit{.starts = true, .network_disabled = {"/etc/cloud/x.cfg:1", "disabled"}};
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).where == "/etc/cloud/x.cfg:1");
}

TEST_CASE("cloud-init's network: not installed does not apply, unreadable is unknown") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    CHECK(judge(facts).status == Status::not_applicable);
    facts.cloud_init = failure(Errc::bad_syntax, "cannot be read as YAML");
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
