// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/network_hosts.h"

namespace guestprep {
namespace {

using Files = std::map<std::string, std::string>;

const std::string kText =
    "# Added by guestprep: data sources on EC2.\ndatasource_list: [ Ec2, None ]\n";

Files fix(const FakeHost& host) {
    return fix_loop(host, fixers::point_cloud_init_to_ec2, checks::cloud_init_asks_ec2).files;
}

TEST_CASE("data source fixer: a file that is read last names Ec2") {
    auto host = cloud_host();
    host.files.file("/etc/cloud/cloud.cfg.d/90_dpkg.cfg", "datasource_list: [ VMware ]\n");
    CHECK(fix(host) == Files{{"/etc/cloud/cloud.cfg.d/99-guestprep-ec2.cfg", kText}});
    host.files.file("/etc/cloud/cloud.cfg.d/99_vm.cfg", "datasource_list: [ VMware ]\n");
    CHECK(fix(host) == Files{{"/etc/cloud/cloud.cfg.d/zz-guestprep-ec2.cfg", kText}});
}

TEST_CASE("data source fixer: ds-identify searches again") {
    auto host = cloud_host();
    host.files.file("/etc/cloud/ds-identify.cfg", "# x\npolicy: disabled\n");
    CHECK(fix(host) == Files{{"/etc/cloud/ds-identify.cfg",
                              "# x\npolicy: search,found=all,maybe=all,notfound=disabled\n"}});
}

TEST_CASE("data source fixer: refuses where another file is read last, or cannot be read") {
    auto host = cloud_host();
    CHECK(refusal_of(host, fixers::point_cloud_init_to_ec2).empty());
    host.files.file("/etc/cloud/cloud.cfg.d/zzz.cfg", "datasource_list: [ VMware ]\n");
    CHECK(refusal_of(host, fixers::point_cloud_init_to_ec2).find("is read last") !=
          std::string::npos);
}

}  // namespace
}  // namespace guestprep
