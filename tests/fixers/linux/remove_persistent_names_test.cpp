// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/network_hosts.h"

namespace guestprep {
namespace {

const std::string kRule =
    "# PCI device\nSUBSYSTEM==\"net\", ACTION==\"add\", ATTR{address}==\"00:0c:29:00:00:01\", "
    "NAME=\"eth0\"\n";
const std::string kPath = "/etc/udev/rules.d/70-persistent-net.rules";

TEST_CASE("persistent names fixer: the file goes, and its writer is masked") {
    auto host = rhel6_host();
    host.files.file(kPath, kRule);
    host.files.file("/lib/udev/rules.d/75-persistent-net-generator.rules",
                    "SUBSYSTEM!=\"net\", GOTO=\"end\"\nLABEL=\"end\"\n");
    const auto fixed = fix_loop(host, fixers::remove_persistent_names, checks::udev_names_no_nic);
    CHECK(fixed.files ==
          std::map<std::string, std::string>{
              {kPath, "gone"},
              {"/etc/udev/rules.d/75-persistent-net-generator.rules", "-> /dev/null"}});
    CHECK(fixed.set.notes[0].find("kept eth0 for 00:0c:29:00:00:01") != std::string::npos);
}

TEST_CASE("persistent names fixer: a generator of the guest's own is left") {
    auto host = rhel6_host();
    host.files.file(kPath, kRule);
    host.files.file("/lib/udev/rules.d/75-persistent-net-generator.rules", "LABEL=\"end\"\n");
    host.files.link("/etc/udev/rules.d/75-persistent-net-generator.rules", "/dev/null");
    CHECK(fix_loop(host, fixers::remove_persistent_names, checks::udev_names_no_nic).files.size() ==
          1);
}

TEST_CASE("persistent names fixer: refuses a file with other rules, plans nothing without rules") {
    auto host = rhel6_host();
    host.files.file(kPath, kRule + "KERNEL==\"sdb\", SYMLINK+=\"data\"\n");
    CHECK(refusal_of(host, fixers::remove_persistent_names).find("holds other rules too") !=
          std::string::npos);
    CHECK(refusal_of(rhel6_host(), fixers::remove_persistent_names).empty());
}

}  // namespace
}  // namespace guestprep
