// SPDX-License-Identifier: Apache-2.0
#include "agent/profiles.h"
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Finding judge(const char* profile, const std::string& id, const std::string& version,
              const std::string& variant = "") {
    Facts facts;
    facts.os.distribution = Distribution{id, version, id + " " + version, "/etc/x", id, variant};
    return checks::system_is_supported.evaluate(facts, *built_in_profile(profile));
}
Status status(const char* profile, const char* id, const char* version) {
    return judge(profile, id, version).status;
}

TEST_CASE("system list: what the document of 2018 names") {
    for (const auto* version :
         {"12.04", "12.10", "13.04", "13.10", "14.04", "14.10", "15.04", "16.04", "16.10"})
        CHECK(status("vmie-2018", "ubuntu", version) == Status::pass);
    for (const auto* version : {"5.1", "5.11", "6.1", "6.9", "7.0", "7.3"})
        CHECK(status("vmie-2018", "rhel", version) == Status::pass);
    for (const auto* version : {"5.1", "5.11", "6.1", "6.6", "7.0", "7.4"})
        CHECK(status("vmie-2018", "centos", version) == Status::pass);
    for (const auto* version : {"11.1", "11.4", "12.0", "12.1"})
        CHECK(status("vmie-2018", "sles", version) == Status::pass);
    for (const auto* version : {"6.0", "6.0.8", "7.0", "7.8", "8.0"})
        CHECK(status("vmie-2018", "debian", version) == Status::pass);
    CHECK(status("vmie-2018", "ol", "7.1") == Status::pass);
    CHECK(status("vmie-2018", "fedora", "20") == Status::pass);
    CHECK(judge("vmie-2018", "fedora", "21", "server").status == Status::pass);
}

TEST_CASE("system list: what it does not name") {
    for (const auto* version : {"15.10", "17.04", "22.04"})
        CHECK(status("vmie-2018", "ubuntu", version) == Status::fail);
    for (const auto* version : {"5.0", "6.0", "6.10", "7.4", "9.4"})
        CHECK(status("vmie-2018", "rhel", version) == Status::fail);
    CHECK(status("vmie-2018", "centos", "6.7") == Status::fail);
    CHECK(status("vmie-2018", "sles", "11.0") == Status::fail);
    CHECK(judge("vmie-2018", "fedora", "21", "workstation").status == Status::fail);
    CHECK(status("vmie-2018", "rocky", "9.3") == Status::fail);
    CHECK(status("vmie-2026", "almalinux", "9.4") == Status::fail);
    CHECK(status("vmie-2026", "rocky", "8.9") == Status::fail);
    CHECK(status("vmie-2026", "ubuntu", "23.10") == Status::fail);
    CHECK(status("vmie-2026", "debian", "trixie/sid") == Status::fail);
}

TEST_CASE("system list: what the list of 2026 names") {
    for (const auto* version : {"5.11", "6.10", "7.9", "8.9", "9.7", "10.1"})
        CHECK(status("vmie-2026", "rhel", version) == Status::pass);
    CHECK(status("vmie-2026", "rhel", "8.10") == Status::fail);
    CHECK(status("vmie-2026", "sles", "15.6") == Status::pass);
    CHECK(status("vmie-2026", "debian", "11.9") == Status::pass);
    CHECK(status("vmie-2026", "ubuntu", "26.04") == Status::pass);
    CHECK(status("vmie-2026", "amzn", "2023") == Status::pass);
    CHECK(status("vmie-2026", "centos", "9") == Status::pass);
}

TEST_CASE("system list: a Debian point release in between is a warning") {
    for (const auto* version : {"12.5", "12.11"}) {
        const auto finding = judge("vmie-2026", "debian", version);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "point-release");
        REQUIRE(finding.evidence.size() == 1);
        CHECK(finding.evidence[0].where == "/etc/x");
    }
    CHECK(judge("vmie-2018", "debian", "7.11").variant == "point-release");
    CHECK(judge("vmie-2026", "debian", "9.13").variant.empty());
    CHECK(judge("vmie-2026", "rhel", "8.10").variant.empty());
}

TEST_CASE("system list: too short a version and an unreadable file are unknown") {
    CHECK(status("vmie-2018", "centos", "7") == Status::unknown);
    Facts facts;
    const auto profile = *built_in_profile("vmie-2026");
    CHECK(checks::system_is_supported.evaluate(facts, profile).status == Status::unknown);
    facts.os.distribution = failure(Errc::not_found, "nothing");
    CHECK(checks::system_is_supported.evaluate(facts, profile).status == Status::fail);
    CHECK(checks::system_is_supported.evaluate(facts, {}).status == Status::not_applicable);
}

}  // namespace
}  // namespace guestprep
