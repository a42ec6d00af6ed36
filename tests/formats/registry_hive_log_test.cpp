// SPDX-License-Identifier: Apache-2.0
//
// Transaction logs: of hives that were not closed cleanly.
#include <random>

#include "agent/formats/registry_hive.h"
#include "agent/formats/registry_value.h"
#include "tests/support/catch.h"
#include "tests/support/hive_builder.h"
#include "tests/support/hive_files.h"

namespace guestprep {
namespace {

constexpr std::uint32_t kOld = 1, kNew = 6;

/// The same hive at different times: its root has the value "v".
std::string hive_file(std::uint32_t v, std::uint32_t first, std::uint32_t second,
                      std::uint32_t minor = 5) {
    HiveBuilder builder;
    return builder.file(builder.key("r", {builder.value("v", registry_dword(v))}), first, second,
                        minor);
}

std::uint64_t v_of(const std::string& file, const std::vector<std::string>& logs) {
    const auto hive = RegistryHive::parse(file, logs);
    return *number_of(*hive->value("", "v"));
}

std::string old_log(const std::string& file, std::uint32_t sequence) {
    auto log = log_head(file, kOld, sequence) + "DIRT" + std::string(1, '\x01');
    log.resize(1024);
    return log + file.substr(4096, 512);
}

TEST_CASE("a dirty hive without its logs says so") {
    const auto hive = RegistryHive::parse(hive_file(1, 3, 2));
    REQUIRE(hive);
    CHECK(hive->info().is_dirty);
    CHECK(hive->info().log_entries_applied == 0);
    CHECK(hive->info().damages.size() == 1);
    CHECK(hive->value("", "v") == registry_dword(1));
}

TEST_CASE("an old log replaces the sectors that it names") {
    const auto file = hive_file(1, 2, 1, 3);
    auto log = old_log(hive_file(2, 2, 2, 3), 2);
    const auto hive = RegistryHive::parse(file, {log});
    CHECK(hive->info().log_entries_applied == 1);
    CHECK(hive->info().damages.empty());
    CHECK(hive->value("", "v") == registry_dword(2));
    SECTION("one that is cut off is not applied") { CHECK(v_of(file, {log.substr(0, 1024)}) == 1); }
    SECTION("one of another write is not applied") {
        log[0xc] = 'x';
        put_check_sum(log);
        CHECK(v_of(file, {log}) == 1);
    }
    SECTION("one whose own head is damaged is not applied") {
        log[0x30] = 'x';
        CHECK(v_of(file, {log}) == 1);
    }
    SECTION("one that was not finished is not applied") {
        log[4] = 9;
        put_check_sum(log);
        CHECK(v_of(file, {log}) == 1);
    }
}

TEST_CASE("new logs are applied in the order of their numbers, wherever they begin") {
    const auto file = hive_file(1, 3, 2);
    const auto at = [](std::uint32_t v) { return hive_file(v, 3, 2); };
    const auto early =
        log_head(file, kNew, 2) + log_entry(at(2), 2, {0}) + log_entry(at(3), 3, {0});
    const auto late = log_head(file, kNew, 4) + log_entry(at(4), 4, {0});
    for (const auto& logs : {std::vector{early, late}, std::vector{late, early}}) {
        const auto hive = RegistryHive::parse(file, logs);
        CHECK(hive->info().log_entries_applied == 3);
        CHECK(hive->info().damages.empty());
        CHECK(hive->value("", "v") == registry_dword(4));
    }
    CHECK(v_of(file, {early}) == 3);
    SECTION("numbers may be left out before the first log") { CHECK(v_of(file, {late}) == 4); }
    SECTION("a clean hive has its changes already") {
        CHECK(v_of(at(1).replace(4, 1, "\x02"), {}) == 1);
    }
    SECTION("a log behind a gap is not applied") {
        const auto far = log_head(file, kNew, 5) + log_entry(at(5), 5, {0});
        CHECK(v_of(file, {early, far}) == 3);
    }
    SECTION("a log whose entries are in the file already is not applied") {
        const auto past = log_head(file, kNew, 1) + log_entry(at(9), 1, {0});
        CHECK(v_of(file, {past}) == 1);
        CHECK(v_of(file, {past, early}) == 3);
    }
    SECTION("older entries behind the last one are remnants") {
        CHECK(v_of(file, {early + log_entry(at(9), 1, {0}) + log_entry(at(9), 4, {0})}) == 3);
    }
    SECTION("an entry that does not fit its hash ends the log") {
        auto torn = early + log_entry(at(9), 4, {0});
        torn[torn.size() - 1] = 'x';
        CHECK(v_of(file, {torn}) == 3);
    }
    SECTION("where the hive's own block is damaged, the latest log is used") {
        auto broken = file;
        broken[0x30] = 'x';
        CHECK_FALSE(RegistryHive::parse(broken)->info().checksum_ok);
        CHECK(v_of(broken, {late, early}) == 4);
    }
}

TEST_CASE("logs beside a clean hive are not applied, as Windows does not") {
    const auto file = hive_file(1, 2, 2);
    const auto log = log_head(file, kNew, 2) + log_entry(hive_file(2, 2, 2), 2, {0});
    CHECK(v_of(file, {log}) == 1);
}

TEST_CASE("a log makes the hive grow") {
    const auto file = hive_file(1, 3, 2);
    HiveBuilder builder;
    const auto value = builder.value("v", registry_dword(2));
    const auto root =
        builder.key("r", {value, builder.value("w", registry_texts({std::string(6000, 'x')}))});
    const auto grown = builder.file(root, 3, 2);
    REQUIRE(grown.size() == std::size_t{4} * 4096);
    const auto log = log_head(grown, kNew, 2) + log_entry(grown, 2, {0, 1, 2});
    const auto hive = RegistryHive::parse(file, {log});
    CHECK(hive->info().bins_size == 4096);
    CHECK(hive->info().damages.empty());
    const auto value_of_log = hive->value("", "w");
    REQUIRE(value_of_log);
    CHECK(value_of_log->bytes.size() == 12004);
}

TEST_CASE("an entry that contradicts itself is not applied, whatever its hash says") {
    const auto file = hive_file(1, 3, 2);
    for (const auto field : {16U, 20U, 40U, 44U}) {
        auto entry = log_entry(hive_file(2, 3, 2), 2, {0});
        entry.replace(field, 4, "\xff\xff\xff\xff");
        put_hashes(entry);
        CHECK(v_of(file, {log_head(file, kNew, 2) + entry}) == 1);
    }
}

TEST_CASE("sizes that go up and down with every entry of a log cost no more than the log") {
    const auto file = hive_file(1, 3, 2);
    auto log = log_head(file, kNew, 2);
    for (std::uint32_t sequence = 2; sequence < 2000; ++sequence) {
        auto entry = log_entry(file, sequence, {});
        std::string size;
        put_u32(size, sequence % 2 == 0 ? 64U << 20 : 4096);
        entry.replace(16, 4, size);
        put_hashes(entry);
        log += entry;
    }
    const auto hive = RegistryHive::parse(file, {log});
    REQUIRE(hive);
    CHECK(hive->info().log_entries_applied == 1998);
    CHECK(hive->value("", "v") == registry_dword(1));
}

TEST_CASE("no bytes in a log make the reader fall over") {
    const auto file = hive_file(1, 3, 2);
    const auto entry = log_entry(hive_file(2, 3, 2), 2, {0});
    std::mt19937 random(7);  // the same bytes every time
    const auto below = [&](std::size_t most) {
        return std::uniform_int_distribution<std::size_t>(0, most - 1)(random);
    };
    for (int round = 0; round < 500; ++round) {
        auto broken = entry;
        for (auto changes = below(3) + 1; changes > 0; --changes)
            broken[8 + below(40)] = static_cast<char>(below(round % 2 == 0 ? 256 : 4));
        put_hashes(broken);
        auto old = old_log(hive_file(2, 2, 2), 2);
        old[512 + below(64)] = static_cast<char>(below(256));
        for (const auto& log : {log_head(file, kNew, 2) + broken, old}) {
            const auto hive = RegistryHive::parse(file, {log});
            if (hive) CHECK(count_hive(*hive, 100).keys < 100);
        }
    }
}

}  // namespace
}  // namespace guestprep
