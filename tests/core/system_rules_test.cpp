// SPDX-License-Identifier: Apache-2.0
#include "agent/core/system_rules.h"

#include "tests/support/catch.h"

namespace guestprep {
namespace {

const std::vector<SystemRule> kRules = {
    {.distribution = "rhel", .first = "7.0", .last = "7.3"},
    {.distribution = "rhel", .first = "6", .last = "6"},
    {.distribution = "debian", .first = "7.0.0", .last = "7.8.0"},
    {.distribution = "fedora", .first = "21", .last = "21", .edition = "server"},
    {.distribution = "x", .first = "9", .last = ""}};

SystemMatch match(std::string_view id, std::string_view version, std::string_view edition = "") {
    return match_system(kRules, id, version, edition);
}

TEST_CASE("system rules: ranges of releases") {
    CHECK(match("rhel", "7.0").rule == &kRules[0]);
    CHECK(match("rhel", "7.3").rule == &kRules[0]);
    CHECK(match("rhel", "7.10").rule == nullptr);
    CHECK(match("rhel", "7.10").same_major == &kRules[0]);
    CHECK(match("rhel", "6.9").rule == &kRules[1]);
    CHECK(match("rhel", "5.1").rule == nullptr);
    CHECK(match("rhel", "5.1").same_major == nullptr);
    CHECK(match("debian", "7.8").rule == &kRules[2]);
    CHECK(match("debian", "7.9").rule == nullptr);
    CHECK(match("x", "12").rule == &kRules[4]);
    CHECK(match("rhel", "9").listed == "7.0-7.3, 6");
}

TEST_CASE("system rules: a version that is too short decides nothing") {
    CHECK(match("rhel", "7").undecided);
    CHECK(match("rhel", "7").rule == nullptr);
    CHECK_FALSE(match("rhel", "8").undecided);
    CHECK_FALSE(match("rhel", "6").undecided);
    CHECK_FALSE(match("rhel", "").undecided);
    CHECK(match("rhel", "junk").distribution_known);
    CHECK_FALSE(match("none", "7").distribution_known);
}

TEST_CASE("system rules: an edition") {
    CHECK(match("fedora", "21", "server").rule != nullptr);
    CHECK(match("fedora", "21", "workstation").rule == nullptr);
}

TEST_CASE("system rules: kernels") {
    using Listed = std::vector<std::string>;
    CHECK(kernel_base_version("5.14.0-427.el9.x86_64") == "5.14.0");
    CHECK(kernel_base_version("6.1") == "6.1");
    CHECK(kernel_is_listed(Listed{"5.14.0"}, "5.14.0-427.el9.x86_64"));
    CHECK_FALSE(kernel_is_listed(Listed{"5.1"}, "5.14.0-1"));
    CHECK(kernel_is_listed(Listed{"4.4"}, "4.4.21-69-default"));
    CHECK(kernel_is_listed(Listed{"3.0.101-63"}, "3.0.101-63-default"));
    CHECK(kernel_is_listed(Listed{"2.6.32-71"}, "2.6.32-71.29.1.el6.x86_64"));
    CHECK_FALSE(kernel_is_listed(Listed{"3.0.101-63"}, "3.0.101-630-default"));
    CHECK(kernel_is_listed(Listed{"2.6.32-71"}, "2.6.32-71.el6.x86_64"));
    CHECK_FALSE(kernel_is_listed(Listed{"5.15.0"}, "5.15.0-200.el9uek.x86_64"));
    CHECK(kernel_is_listed(Listed{"uek:5.15.0"}, "5.15.0-200.el9uek.x86_64"));
    CHECK_FALSE(kernel_is_listed(Listed{"uek:5.15.0"}, "5.15.0-105-generic"));
}

}  // namespace
}  // namespace guestprep
