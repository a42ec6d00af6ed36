// SPDX-License-Identifier: Apache-2.0
#include "agent/profiles.h"
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Status judge(const std::string& id, const std::string& version, const char* profile = "vmie-2026") {
    Facts facts;
    if (!id.empty()) facts.os.distribution = Distribution{id, version, "", "/etc/x", "", ""};
    return checks::system_is_maintained.evaluate(facts, *built_in_profile(profile)).status;
}

TEST_CASE("end of life: old releases fail, present ones pass") {
    CHECK(judge("centos", "7.9") == Status::fail);
    CHECK(judge("centos", "8") == Status::fail);
    CHECK(judge("rhel", "6.10") == Status::fail);
    CHECK(judge("ubuntu", "16.04") == Status::fail);
    CHECK(judge("debian", "10.13") == Status::fail);
    CHECK(judge("rhel", "7.9") == Status::pass);
    CHECK(judge("debian", "11.9") == Status::pass);
    CHECK(judge("ubuntu", "18.04") == Status::pass);
    CHECK(judge("sles", "15.5") == Status::pass);
}

TEST_CASE("end of life: unknown systems, and rules without such a list") {
    CHECK(judge("", "") == Status::unknown);
    CHECK(judge("centos", "5.11", "vmie-2018") == Status::not_applicable);
}

}  // namespace
}  // namespace guestprep
