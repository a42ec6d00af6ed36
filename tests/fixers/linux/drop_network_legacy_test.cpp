// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/grub_hosts.h"

namespace guestprep {
namespace {

const auto& kFixer = fixers::drop_network_legacy;
constexpr const char* kFile = "/etc/dracut.conf.d/50-network-legacy.conf";

FakeHost host_with_file() {
    auto host = el9_by_entries("root=UUID=1111-aa");
    host.files.file("/usr/bin/dracut", "").file(kFile, "add_dracutmodules+=\" network-legacy \"\n");
    return host;
}

TEST_CASE("network-legacy fixer: the file goes where there is no dhclient") {
    const auto host = host_with_file();
    CHECK(fix_loop(host, kFixer, checks::initramfs_can_be_rebuilt).files ==
          std::map<std::string, std::string>{{kFile, "gone"}});
}

TEST_CASE("network-legacy fixer: nothing with a dhclient; refuses what it may not read") {
    auto host = host_with_file();
    host.files.deny(kFile);
    CHECK_FALSE(refusal_of(host, kFixer).empty());
    host = host_with_file();
    host.files.file("/sbin/dhclient", "");
    CHECK(refusal_of(host, kFixer).empty());
}

}  // namespace
}  // namespace guestprep
