// SPDX-License-Identifier: Apache-2.0
#include "agent/profiles.h"
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Status judge(const char* profile, const std::string& id, const std::string& version,
             const std::string& kernel) {
    auto facts = sound_boot_facts();
    facts.os.distribution = Distribution{id, version, "", "/etc/x", "rhel", ""};
    facts.boot.kernel->version = kernel;
    if (kernel.empty()) facts.boot.kernel = failure(Errc::access_denied, "denied");
    return checks::rhel_6_0_is_updated.evaluate(facts, *built_in_profile(profile)).status;
}

TEST_CASE("RHEL 6.0: its kernel fails, whatever the release file says") {
    CHECK(judge("vmie-2026", "rhel", "6.5", "2.6.32-71.el6.x86_64") == Status::fail);
    CHECK(judge("vmie-2026", "centos", "6.0", "2.6.32-71.29.1.el6.x86_64") == Status::fail);
    CHECK(judge("vmie-2018", "rhel", "6.0", "2.6.32-131.el6.x86_64") == Status::fail);
}

TEST_CASE("RHEL 6.0: a later kernel passes, other systems are not concerned") {
    CHECK(judge("vmie-2026", "rhel", "6.0", "2.6.32-131.el6.x86_64") == Status::pass);
    CHECK(judge("vmie-2018", "rhel", "6.9", "2.6.32-696.el6.x86_64") == Status::pass);
    CHECK(judge("vmie-2026", "rhel", "7.9", "3.10.0-1160.el7") == Status::not_applicable);
    CHECK(judge("vmie-2026", "ubuntu", "6.06", "2.6.15") == Status::not_applicable);
}

TEST_CASE("RHEL 6.0: an unreadable boot menu is unknown") {
    CHECK(judge("vmie-2026", "rhel", "6.5", "") == Status::unknown);
}

}  // namespace
}  // namespace guestprep
