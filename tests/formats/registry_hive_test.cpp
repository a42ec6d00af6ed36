// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/registry_hive.h"

#include <random>

#include "agent/formats/compressed_stream.h"
#include "agent/formats/registry_name.h"
#include "agent/formats/registry_value.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"
#include "tests/support/hive_builder.h"
#include "tests/support/hive_files.h"

namespace guestprep {
namespace {

using Names = std::vector<std::string>;

std::string simple_hive() {
    HiveBuilder builder;
    const auto value = builder.value("Start", registry_dword(2));
    const auto text = builder.value("ImagePath", registry_text(R"(System32\svchost.exe)"));
    const auto dhcp = builder.key("Dhcp", {value, text});
    const auto tcpip = builder.key("Tcpip");
    return builder.file(builder.key_over("Root", {dhcp, tcpip}));
}

TEST_CASE("a hive gives keys and values, whatever the case of their names") {
    const auto hive = RegistryHive::parse(simple_hive());
    REQUIRE(hive);
    CHECK(hive->info().root_name == "Root");
    CHECK_FALSE(hive->info().is_dirty);
    CHECK(hive->info().damages.empty());
    CHECK(hive->subkeys("") == Names{"Dhcp", "Tcpip"});
    CHECK(hive->value("dhcp", "START") == registry_dword(2));
    CHECK(hive->value("DHCP", "imagepath") == registry_text(R"(System32\svchost.exe)"));
    CHECK(hive->values("Tcpip")->empty());
    CHECK(hive->value("Dhcp", "Other").error().code == Errc::not_found);
    CHECK(hive->value("Dhcp\\Parameters", "x").error().code == Errc::not_found);
    CHECK(hive->subkeys("Nothing").error().code == Errc::not_found);
}

TEST_CASE("names compare as Windows compares them") {
    CHECK(folded_name("aZ9{}") == "AZ9{}");
    CHECK(folded_name("\xc3\xa4\xc3\xb7") == "\xc3\x84\xc3\xb7");
    CHECK(folded_name("\xce\xb1\xd0\xb4") == "\xce\x91\xd0\x94");
    CHECK(folded_name("\xc5\xbe") == "\xc5\xbd");
}

TEST_CASE("every kind of list leads to the subkeys") {
    for (const auto* kind : {"lf", "lh", "li"}) {
        HiveBuilder builder;
        const auto a = builder.key("a");
        const auto b = builder.key("b");
        const auto hive =
            RegistryHive::parse(builder.file(builder.key_over("r", {a, b}, {}, kind)));
        REQUIRE(hive);
        CHECK(hive->subkeys("") == Names{"a", "b"});
    }
    HiveBuilder builder;
    const auto first = builder.list("lh", {builder.key("a"), builder.key("b")});
    const auto second = builder.list("li", {builder.key("c")});
    const auto root = builder.key("r", {}, builder.index({first, second}), 3);
    CHECK(RegistryHive::parse(builder.file(root))->subkeys("") == Names{"a", "b", "c"});
}

TEST_CASE("a value of more than one segment is put together, and is one cell before 1.4") {
    const std::string big(40000, 'x');
    HiveBuilder builder;
    std::string segments;
    for (std::size_t at = 0; at < big.size(); at += 16344)
        put_u32(segments, builder.cell(big.substr(at, 16344)));
    std::string head = "db";
    put_u16(head, 3);
    put_u32(head, builder.cell(segments));
    std::string record = "vk";
    put_u16(record, 1);
    put_u32(record, 40000);
    put_u32(record, builder.cell(head));
    put_u32(record, 3);
    put_u16(record, 1);
    put_u16(record, 0);
    const auto value = builder.cell(record + "v");
    const auto root = builder.key("r", {value});
    CHECK(RegistryHive::parse(builder.file(root))->value("", "v")->bytes == big);
    CHECK(RegistryHive::parse(builder.file(root, 1, 1, 3))->value("", "v").error().code ==
          Errc::bad_syntax);
}

TEST_CASE("what is no hive is said to be none") {
    CHECK(RegistryHive::parse("").error().code == Errc::bad_syntax);
    CHECK(RegistryHive::parse(std::string(8192, '\0')).error().message.find("zeros") !=
          std::string::npos);
    CHECK_FALSE(RegistryHive::parse(std::string(8192, 'x')));
    CHECK_FALSE(RegistryHive::parse(simple_hive().substr(0, 4096)));
}

TEST_CASE("what is not found in a damaged list is not said to be missing") {
    HiveBuilder builder;
    const auto sound = builder.key("sound", {builder.value("v", registry_dword(1))});
    const auto broken = builder.key("broken");
    const auto root = builder.key_over("r", {sound, broken});
    builder.poke(broken, 64);  // free space
    const auto hive = RegistryHive::parse(builder.file(root));
    REQUIRE(hive);
    CHECK(hive->value("sound", "v") == registry_dword(1));
    CHECK(hive->value("broken", "v").error().code == Errc::bad_syntax);
    CHECK(hive->value("other", "v").error().code == Errc::bad_syntax);
    CHECK(hive->subkeys("").error().code == Errc::bad_syntax);
}

TEST_CASE("a list that promises more keys than it has is damaged") {
    HiveBuilder builder;
    const auto list = builder.list("lh", {builder.key("a")});
    const auto hive = RegistryHive::parse(builder.file(builder.key("r", {}, list, 2)));
    CHECK(hive->subkeys("").error().code == Errc::bad_syntax);
    CHECK(hive->subkeys("a")->empty());
}

TEST_CASE("lists that lead to themselves end") {
    HiveBuilder builder;
    const auto index = builder.index({0, 0, 0});
    for (HiveBuilder::Offset entry = 8; entry <= 16; entry += 4) builder.poke(index + entry, index);
    const auto hive = RegistryHive::parse(builder.file(builder.key("r", {}, index, 3)));
    REQUIRE(hive);
    CHECK(hive->subkeys("").error().code == Errc::bad_syntax);
}

TEST_CASE("a dirty hive without its logs says so") {
    HiveBuilder builder;
    const auto hive = RegistryHive::parse(builder.file(builder.key("r"), 3, 2));
    REQUIRE(hive);
    CHECK(hive->info().is_dirty);
    CHECK(hive->info().log_entries_applied == 0);
    CHECK(hive->info().damages.size() == 1);
}

TEST_CASE("an old log replaces the sectors that it names") {
    HiveBuilder before, after;
    const auto root = before.key("r", {before.value("v", registry_dword(1))});
    REQUIRE(root == after.key("r", {after.value("v", registry_dword(2))}));
    const auto old = before.file(root, 2, 1, 3);
    const auto recent = after.file(root, 2, 2, 3);
    auto log = recent.substr(0, 512) + "DIRT" + std::string(1, '\x01');
    log.resize(1024);
    log += recent.substr(4096, 512);
    CHECK(RegistryHive::parse(old)->value("", "v") == registry_dword(1));
    const auto hive = RegistryHive::parse(old, {log});
    CHECK(hive->info().log_entries_applied == 1);
    CHECK(hive->value("", "v") == registry_dword(2));
    log[600] = 'x';
    CHECK(RegistryHive::parse(old, {log.substr(0, 1024)})->value("", "v") == registry_dword(1));
}

TEST_CASE("no bytes make the reader fall over") {
    const auto sound = simple_hive();
    std::mt19937 random(7);  // the same bytes every time
    const auto below = [&](std::size_t most) {
        return std::uniform_int_distribution<std::size_t>(0, most - 1)(random);
    };
    for (int round = 0; round < 20000; ++round) {
        auto bytes = sound;
        for (auto changes = below(6) + 1; changes > 0; --changes)
            bytes[round % 8 == 0 ? below(512) : 4096 + below(600)] = static_cast<char>(below(256));
        if (round % 16 == 0) bytes.resize(below(bytes.size()));
        const auto hive = RegistryHive::parse(bytes);
        if (!hive) continue;
        const auto keys = hive->subkeys("");
        static_cast<void>(hive->values(""));
        if (keys)
            for (const auto& key : *keys) static_cast<void>(hive->values(key));
    }
    SUCCEED();
}

TEST_CASE("real hives: what their first blocks say") {
    for (const auto* kind : {"registry-hive-SYSTEM", "registry-hive-SOFTWARE", "registry-hive-SAM",
                             "registry-hive-BCD"})
        for (const auto& fixture : fixtures_of_kind(kind)) {
            INFO(fixture.name);
            const auto hive = RegistryHive::parse(hive_bytes(fixture));
            REQUIRE(hive);
            const auto& info = hive->info();
            const auto& expected = fixture.expected;
            CHECK(nlohmann::json{info.first_sequence, info.second_sequence} ==
                  expected.at("sequence_numbers"));
            CHECK(std::to_string(info.major) + "." + std::to_string(info.minor) ==
                  expected.at("regf_version"));
            CHECK(info.root_name == expected.at("root_key_name"));
            CHECK(info.file_name == expected.at("embedded_file_name"));
            CHECK(info.bins_size == expected.at("hive_bins_size"));
            CHECK(info.checksum_ok == expected.at("base_block_checksum_ok"));
            CHECK((info.first_sequence != info.second_sequence) == expected.at("base_block_dirty"));
            if (expected.contains("key_count")) {
                const auto counted = count_hive(*hive);
                CHECK(counted.keys == expected.at("key_count"));
                CHECK(counted.values == expected.at("value_count"));
                CHECK(counted.errors == 0);
            }
        }
}

TEST_CASE("real hives: damaged ones are walked to their end") {
    for (const auto& fixture : fixtures_of_kind("registry-hive-robustness")) {
        INFO(fixture.name);
        const auto hive = RegistryHive::parse(hive_bytes(fixture));
        if (!hive) continue;
        const auto counted = count_hive(*hive);
        CHECK(counted.keys + counted.errors > 0);
    }
}

TEST_CASE("real hives: logs give what Windows made of them") {
    std::string dirty, recovered;
    std::vector<std::string> logs;
    for (const auto& fixture : fixtures_of_kind("registry-hive-robustness")) {
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
