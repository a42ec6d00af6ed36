// SPDX-License-Identifier: Apache-2.0
#include "agent/profiles.h"

#include "agent/catalogue.h"
#include "agent/core/text.h"
#include "agent/waivers.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

std::string refused(const std::string& text) {
    const auto profile = parse_profile(text);
    REQUIRE_FALSE(profile);
    return profile.error().message;
}

TEST_CASE("profiles: the built-in ones are sound") {
    for (const auto name : built_in_profiles()) {
        const auto profile = built_in_profile(name);
        INFO((profile ? "" : profile.error().message));
        REQUIRE(profile);
        CHECK(profile->name == name);
        CHECK(profile->limits.volumes > 0);
        CHECK_FALSE(profile->linux_file_systems.empty());
    }
    CHECK(built_in_profile("vmie-2018")->limits.volumes == 22);
    CHECK(built_in_profile("vmie-2026")->limits.volumes == 21);
    CHECK_FALSE(built_in_profile("vmie-1999"));
}

TEST_CASE("profiles: what a person writes is read strictly") {
    CHECK(contains(refused("{"), "parse error"));
    CHECK(contains(refused("[]"), "object"));
    CHECK(contains(refused(R"({"name": "x"})"), "guestprep-profile/1"));
    const std::string head = R"({"schema": "guestprep-profile/1", "name": "x", )";
    CHECK(contains(refused(head + R"("limts": {}})"), "did you mean \"limits\"?"));
    CHECK(
        contains(refused(head + R"("limits": {"volumes": "many"}})"), "limits: volumes: a whole"));
    CHECK(contains(refused(head + R"("limits": {"volumes": -1}})"), "below zero"));
    CHECK(contains(refused(head + R"("uefi_boot": "yes"})"), "true or false"));
    CHECK(contains(refused(head + R"("severities": [{"check": "linux-arch-64bits",
                                                     "severity": "advice"}]})"),
                   "did you mean \"linux-arch-64bit\"?"));
    CHECK(contains(refused(head + R"("severities": [{"check": "linux-arch-64bit",
                                                     "severity": "fatal"}]})"),
                   "fatal"));
    CHECK(contains(refused(head + R"("severities": [{"check": "linux-arch-64bit", "variant": "x",
                                                     "severity": "advice"}]})"),
                   "no variant"));
    CHECK(contains(refused(head + R"("extends": "vmie-1999"})"), "vmie-1999"));
    CHECK(
        contains(refused(head + R"("manual_texts": {"linux-arch-64bit": "x"}})"), "manual_texts"));
}

TEST_CASE("profiles: a profile that extends another overrides it and adds rules at the end") {
    const auto profile = parse_profile(R"({"schema": "guestprep-profile/1", "name": "ours",
        "extends": "vmie-2018", "limits": {"volumes": 5},
        "severities": [{"check": "linux-arch-64bit", "route": "snapshot", "severity": "advice"}]})");
    REQUIRE(profile);
    CHECK(profile->limits.volumes == 5);
    CHECK(profile->limits.boot_disk_mbr_bytes == 2ULL << 40);
    const auto& check = find_entry("linux-arch-64bit")->check;
    CHECK(profile->severity_of(check, "", Route::snapshot, Target::any) == Severity::advice);
    CHECK(profile->severity_of(check, "", Route::image, Target::any) == Severity::blocker);
}

TEST_CASE("profiles: hostile JSON ends in a sentence") {
    CHECK_FALSE(refused(std::string(100000, '[')).empty());
    CHECK_FALSE(refused(std::string("\0\xFF\xFE", 3)).empty());
}

TEST_CASE("waivers: each names a check, a reason, an owner and a day") {
    const auto parse = [](const std::string& one) {
        return parse_waivers(R"({"schema": "guestprep-waivers/1", "waivers": [)" + one + "]}");
    };
    const auto fine = parse(R"({"check": "arch-arm64", "reason": "r", "owner": "o",
                                "until": "2026-12-31"})");
    REQUIRE(fine);
    CHECK(fine->front().check == "linux-arch-64bit");
    const auto message = [&](const std::string& one) {
        const auto waivers = parse(one);
        REQUIRE_FALSE(waivers);
        return waivers.error().message;
    };
    CHECK(contains(
        message(R"({"check": "nope", "reason": "r", "owner": "o", "until": "2026-12-31"})"),
        "unknown check"));
    CHECK(contains(message(R"({"check": "linux-arch-64bit", "owner": "o", "until": "2026-12-31"})"),
                   "reason"));
    CHECK(
        contains(message(R"({"check": "linux-arch-64bit", "reason": "r", "until": "2026-12-31"})"),
                 "owner"));
    CHECK(contains(message(R"({"check": "linux-arch-64bit", "reason": "r", "owner": "o",
                               "until": "2026-13-31"})"),
                   "until"));
}

}  // namespace
}  // namespace guestprep
