// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/network_hosts.h"

namespace guestprep {
namespace {

using Files = std::map<std::string, std::string>;

TEST_CASE("cloud-init fixer: the file that switches it off goes") {
    auto host = cloud_host();
    host.files.file("/etc/cloud/cloud-init.disabled", "by hand\n");
    CHECK(fix_loop(host, fixers::enable_cloud_init, checks::cloud_init_enabled).files ==
          Files{{"/etc/cloud/cloud-init.disabled", "gone"}});
}

TEST_CASE("cloud-init fixer: refuses the kernel's argument; nothing where it runs") {
    auto host = cloud_host();
    CHECK(refusal_of(host, fixers::enable_cloud_init).empty());
    host.files.file("/etc/default/grub", "GRUB_CMDLINE_LINUX=\"cloud-init=disabled\"\n");
    CHECK(refusal_of(host, fixers::enable_cloud_init).find("by hand") != std::string::npos);
}

}  // namespace
}  // namespace guestprep
