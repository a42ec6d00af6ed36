// SPDX-License-Identifier: Apache-2.0
//
// Hives of real systems, and damaged ones that others use for their tests.
#include <array>
#include <set>

#include "agent/formats/registry_hive.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"
#include "tests/support/hive_files.h"

namespace guestprep {
namespace {

constexpr std::array kSound = {"registry-hive-SYSTEM", "registry-hive-SOFTWARE",
                               "registry-hive-SAM", "registry-hive-BCD"};
constexpr auto kDamaged = "registry-hive-robustness";

/// What the hive's first block says; members that are not told are not compared.
void check_info(const HiveInfo& info, const nlohmann::json& expected) {
    const nlohmann::json found = {
        {"sequence_numbers", {info.first_sequence, info.second_sequence}},
        {"regf_version", std::to_string(info.major) + "." + std::to_string(info.minor)},
        {"root_key_name", info.root_name},
        {"embedded_file_name", info.file_name},
        {"hive_bins_size", info.bins_size},
        {"base_block_checksum_ok", info.checksum_ok},
        {"base_block_dirty", info.first_sequence != info.second_sequence}};
    for (const auto& [name, value] : found.items()) {
        INFO(name);
        if (expected.contains(name)) CHECK(value == expected.at(name));
    }
}

TEST_CASE("real hives: what their first blocks say, and how much is in them") {
    for (const auto* kind : kSound)
        for (const auto& fixture : fixtures_of_kind(kind)) {
            INFO(fixture.name);
            const auto hive = RegistryHive::parse(hive_bytes(fixture));
            REQUIRE(hive);
            check_info(hive->info(), fixture.expected);
            const auto counted = count_hive(*hive);
            CHECK(counted.errors == 0);
            if (!fixture.expected.contains("key_count")) continue;
            CHECK(counted.keys == fixture.expected.at("key_count"));
            CHECK(counted.values == fixture.expected.at("value_count"));
        }
}

TEST_CASE("real hives: damaged ones are walked to their end, and whole ones are whole") {
    // Damage that the reader that counted passes over.
    const std::set<std::string> noticed = {"yarp__BadListHive", "yarp__BadSubkeyHive",
                                           "yarp__DuplicateSubkeysHive", "yarp__TruncatedNameHive"};
    for (const auto& fixture : fixtures_of_kind(kDamaged)) {
        INFO(fixture.name);
        const auto hive = RegistryHive::parse(hive_bytes(fixture));
        if (!hive) {
            CHECK(hive.error().code == Errc::bad_syntax);
            CHECK(fixture.expected.value("hivex_1_3_23_opens", false) == false);
            continue;
        }
        check_info(hive->info(), fixture.expected);
        const auto counted = count_hive(*hive);
        const auto name = fixture.name.substr(fixture.name.rfind('/') + 1);
        const bool is_whole =
            fixture.expected.value("hivex_errors_while_walking", 1) == 0 && !noticed.contains(name);
        if (!is_whole) {
            CHECK((counted.errors > 0 || !hive->info().damages.empty()));
            continue;
        }
        CHECK(counted.errors == 0);
        CHECK(counted.keys == fixture.expected.at("hivex_key_count"));
        CHECK(counted.values == fixture.expected.at("hivex_value_count"));
    }
}

TEST_CASE("real hives: one that was not closed cleanly, with the logs beside it") {
    std::string dirty;
    std::vector<std::string> logs;
    for (const auto& fixture : fixtures_of_kind("registry-hive-SYSTEM"))
        if (fixture.name.ends_with("SYSTEM_B.xz")) dirty = hive_bytes(fixture);
    for (const auto& fixture : fixtures_of_kind("registry-transaction-log"))
        if (fixture.name.find("SYSTEM_B.LOG") != std::string::npos)
            logs.push_back(hive_bytes(fixture));
    if (dirty.empty()) return;
    REQUIRE(logs.size() == 2);
    const auto replayed = RegistryHive::parse(dirty, logs);
    REQUIRE(replayed);
    CHECK(replayed->info().log_entries_applied == 24);
    CHECK(replayed->info().damages.empty());
    CHECK(count_hive(*replayed).errors == 0);
}

TEST_CASE("real hives: logs give what Windows made of them") {
    std::string dirty, recovered;
    std::vector<std::string> logs;
    for (const auto& fixture : fixtures_of_kind(kDamaged)) {
        if (fixture.name.find("RecoveredHive") != std::string::npos) recovered = fixture.text;
        if (fixture.name.ends_with("NewDirtyHive")) dirty = fixture.text;
    }
    for (const auto& fixture : fixtures_of_kind("registry-transaction-log"))
        if (fixture.name.find("NewDirtyHive.LOG") != std::string::npos)
            logs.push_back(fixture.text);
    if (dirty.empty()) return;
    REQUIRE(logs.size() == 2);
    const auto replayed = RegistryHive::parse(dirty, logs);
    CHECK(replayed->info().log_entries_applied == 4);
    CHECK(hive_text(*replayed) == hive_text(*RegistryHive::parse(recovered)));
    CHECK(hive_text(*RegistryHive::parse(dirty)) != hive_text(*replayed));
}

}  // namespace
}  // namespace guestprep
