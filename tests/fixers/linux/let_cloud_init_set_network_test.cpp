// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/network_hosts.h"

namespace guestprep {
namespace {

using Files = std::map<std::string, std::string>;

const std::string kOff = "/etc/cloud/cloud.cfg.d/99-off.cfg";

Files fix(const std::string& text) {
    auto host = cloud_host();
    host.files.file(kOff, text);
    return fix_loop(host, fixers::let_cloud_init_set_network, checks::cloud_init_sets_network)
        .files;
}

TEST_CASE("cloud-init network fixer: the file that says nothing else goes") {
    CHECK(fix("# installer\nnetwork: {config: disabled}\n") == Files{{kOff, "gone"}});
    CHECK(fix("network:\n  config: disabled\n") == Files{{kOff, "gone"}});
}

TEST_CASE("cloud-init network fixer: else its lines become comments") {
    CHECK(fix("a: 1\nnetwork:\n  config: disabled # x\n# b\nb: 2\n") ==
          Files{{kOff, "a: 1\n#network:\n#  config: disabled # x\n# b\nb: 2\n"}});
}

TEST_CASE("cloud-init network fixer: refuses where cloud-init would not act") {
    auto host = cloud_host();
    CHECK(refusal_of(host, fixers::let_cloud_init_set_network).empty());
    host.files.file(kOff, "network: {config: disabled}\ndatasource_list: [VMware]\n");
    CHECK(refusal_of(host, fixers::let_cloud_init_set_network).find("does not act on EC2") !=
          std::string::npos);
}

}  // namespace
}  // namespace guestprep
