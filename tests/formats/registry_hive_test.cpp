// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/registry_hive.h"

#include <random>

#include "agent/formats/registry_name.h"
#include "agent/formats/registry_value.h"
#include "tests/support/catch.h"
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
    const std::vector keys{builder.key("a"), builder.key("b"), builder.key("c")};
    const auto first = builder.list("lh", {keys[0], keys[1]});
    const auto second = builder.list("li", {keys[2]});
    const auto root = builder.key("r", {}, builder.index({first, second}), 3);
    builder.adopt(root, keys);
    CHECK(RegistryHive::parse(builder.file(root))->subkeys("") == Names{"a", "b", "c"});
}

TEST_CASE("a value of more than one segment is put together, and is one cell before 1.4") {
    std::string big(40000, 'x');
    big.back() = 'y';
    HiveBuilder builder;
    const auto root = builder.key("r", {builder.big_value("v", big)});
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
    const auto only = builder.key("a");
    const auto root = builder.key("r", {}, builder.list("lh", {only}), 2);
    builder.adopt(root, {only});
    const auto hive = RegistryHive::parse(builder.file(root));
    CHECK(hive->subkeys("").error().code == Errc::bad_syntax);
    CHECK(hive->subkeys("a")->empty());
}

TEST_CASE("what is found in a damaged list of values is given, what is not is unknown") {
    HiveBuilder builder;
    const auto sound = builder.value("v", registry_dword(1));
    const auto broken = builder.value("w", registry_dword(2));
    const auto hive = [&] {
        const auto root = builder.key("r", {broken, sound});
        builder.poke(broken, 64);  // free space
        return RegistryHive::parse(builder.file(root));
    }();
    REQUIRE(hive);
    CHECK(hive->value("", "v") == registry_dword(1));
    CHECK(hive->value("", "w").error().code == Errc::bad_syntax);
    CHECK(hive->value("", "x").error().message.find("damaged at 0x") != std::string::npos);
    CHECK(hive->values("").error().code == Errc::bad_syntax);
}

TEST_CASE("short data lies inside the record, and the default value has no name") {
    HiveBuilder builder;
    std::vector<HiveBuilder::Offset> values{builder.value("", registry_text("default"))};
    for (std::size_t size = 0; size <= 5; ++size)
        values.push_back(builder.value(
            std::to_string(size), {RegistryType::binary, std::string("abcde").substr(0, size)}));
    const auto hive = RegistryHive::parse(builder.file(builder.key("r", values)));
    REQUIRE(hive);
    CHECK(hive->value("", "") == registry_text("default"));
    for (std::size_t size = 0; size <= 5; ++size)
        CHECK(hive->value("", std::to_string(size))->bytes.size() == size);
    CHECK(hive->values("")->size() == 7);
}

TEST_CASE("names are Latin-1 where they are compressed, else UTF-16") {
    HiveBuilder builder;
    const auto latin = builder.key("\xe4");
    const auto wide = builder.key(utf16_from_utf8("\xd0\xb4"));
    builder.poke(wide + 4, 0x6b6e);  // "nk" without the flag of a compressed name
    const auto hive = RegistryHive::parse(builder.file(builder.key_over("r", {latin, wide})));
    REQUIRE(hive);
    CHECK(hive->subkeys("") == Names{"\xc3\xa4", "\xd0\xb4"});
    CHECK(hive->subkeys("\xc3\x84"));
    CHECK(hive->subkeys("\xd0\x94"));
}

TEST_CASE("a hive that is cut off gives what is left of it") {
    HiveBuilder builder;
    const auto near = builder.key("near", {builder.value("v", registry_dword(1))});
    const auto list = builder.list("lh", {near, 0});
    const auto root = builder.key("r", {}, list, 2);
    builder.cell(std::string(8000, 'x'));
    const auto far = builder.key("far");
    builder.poke(list + 16, far);
    builder.adopt(root, {near, far});
    const auto whole = builder.file(root);
    CHECK(RegistryHive::parse(whole)->subkeys("") == Names{"near", "far"});
    const auto hive = RegistryHive::parse(whole.substr(0, 8192));
    REQUIRE(hive);
    CHECK(hive->info().damages.size() == 1);
    CHECK(hive->value("near", "v") == registry_dword(1));
    CHECK(hive->value("near", "w").error().code == Errc::not_found);
    CHECK(hive->value("far", "v").error().code == Errc::bad_syntax);
    CHECK(hive->subkeys("").error().code == Errc::bad_syntax);
    CHECK(RegistryHive::parse(whole.substr(0, 1000)).error().message.find("cut off") !=
          std::string::npos);
}

TEST_CASE("lists that lead to themselves end") {
    for (const auto* kind : {"ri", "lf"}) {
        HiveBuilder builder;
        constexpr HiveBuilder::Offset kEntries = 16000;
        const std::vector<HiveBuilder::Offset> none(kEntries, 0);
        const auto key = builder.key("k");
        const auto leaf = builder.list("li", std::vector(kEntries, key));
        const auto index = builder.index(none);
        const bool to_itself = std::string_view(kind) == "ri";
        for (HiveBuilder::Offset i = 0; i < kEntries; ++i)
            builder.poke(index + 8 + 4 * i, to_itself ? index : leaf);
        const auto root = builder.key("r", {}, index, 3);
        builder.adopt(root, {key});
        const auto hive = RegistryHive::parse(builder.file(root));
        REQUIRE(hive);
        CHECK(hive->subkeys("").error().code == Errc::bad_syntax);
        CHECK(hive->value("other", "v").error().code == Errc::bad_syntax);
    }
}

TEST_CASE("one record in every place of a list, and one list under every key, end") {
    HiveBuilder builder;
    const auto value = builder.value("v", {RegistryType::binary, std::string(16000, 'x')});
    const auto first = builder.key("0", std::vector<HiveBuilder::Offset>(5000, value));
    std::vector<HiveBuilder::Offset> keys{first};
    const auto list = builder.u32(first + 4 + 0x28);
    for (int i = 1; i < 500; ++i) {
        keys.push_back(builder.key(std::to_string(i), {value}));
        builder.poke(keys.back() + 4 + 0x24, 5000);
        builder.poke(keys.back() + 4 + 0x28, list);
    }
    const auto hive = RegistryHive::parse(builder.file(builder.key_over("r", keys)));
    REQUIRE(hive);
    CHECK(hive->subkeys("")->size() == 500);
    CHECK(count_hive(*hive).errors == 500);
}

TEST_CASE("a key belongs to one other key, and only there") {
    HiveBuilder builder;
    const auto child = builder.key("child");
    const auto owner = builder.key_over("owner", {child});
    const auto thief = builder.key("thief", {}, builder.u32(owner + 4 + 0x1c), 1);
    const auto root = builder.key_over("r", {owner, thief});
    const auto hive = RegistryHive::parse(builder.file(root));
    REQUIRE(hive);
    CHECK(hive->subkeys("owner") == Names{"child"});
    CHECK(hive->subkeys("thief").error().code == Errc::bad_syntax);
    CHECK(hive->subkeys("thief\\child").error().code == Errc::bad_syntax);
}

TEST_CASE("a key below itself, two of one name and a name that no path can say are damage") {
    HiveBuilder builder;
    const auto a = builder.key("a");
    const auto again = builder.key("A");
    const auto nameless = builder.key("");
    const auto path = builder.key("x\\y");
    const auto list = builder.list("lf", {a, again, nameless, path, 0});
    const auto root = builder.key("r", {}, list, 5);
    builder.adopt(root, {a, again, nameless, path, root});
    builder.poke(list + 8 + 4 * 8, root);
    const auto hive = RegistryHive::parse(builder.file(root));
    REQUIRE(hive);
    CHECK(hive->subkeys("a")->empty());
    CHECK(hive->subkeys("").error().code == Errc::bad_syntax);
    CHECK(hive->subkeys("x\\y").error().code == Errc::bad_syntax);
    CHECK(hive->subkeys("r").error().code == Errc::bad_syntax);
    CHECK(count_hive(*hive).keys == 1);
}

TEST_CASE("keys deeper than any of Windows are damage") {
    HiveBuilder builder;
    auto at = builder.key("k");
    for (int depth = 0; depth < 600; ++depth) at = builder.key_over("k", {at});
    const auto hive = RegistryHive::parse(builder.file(at));
    REQUIRE(hive);
    const auto counted = count_hive(*hive);
    CHECK(counted.keys <= 514);
    CHECK(counted.errors > 0);
}

/// One of everything: each kind of list, values inside and outside their records, a big one.
HiveBuilder varied_hive(HiveBuilder::Offset& root) {
    HiveBuilder builder;
    const auto big = builder.big_value("big", std::string(17000, 'x'));
    const auto text = builder.value("ImagePath", registry_text(R"(System32\svchost.exe)"));
    const auto number = builder.value("Start", registry_dword(2));
    const auto deep = builder.key("Parameters", {builder.value("", registry_text("default"))});
    const auto dhcp = builder.key_over("Dhcp", {deep}, {text, number}, "lf");
    const auto services = builder.key_over("Services", {dhcp, builder.key("Tcpip")}, {}, "lh");
    const auto control = builder.key_over("Control", {builder.key("Lsa")}, {big}, "li");
    const auto one = builder.list("lh", {control});
    const auto other = builder.list("li", {services});
    root = builder.key("ROOT", {}, builder.index({one, other}), 2);
    builder.adopt(root, {control, services});
    return builder;
}

TEST_CASE("whatever the bytes are, a walk over all keys ends") {
    HiveBuilder::Offset root = 0;
    const auto builder = varied_hive(root);
    const auto sound = builder.file(root);
    REQUIRE(count_hive(*RegistryHive::parse(sound)).keys == 7);
    REQUIRE(count_hive(*RegistryHive::parse(sound)).errors == 0);
    std::mt19937 random(7);  // the same bytes every time
    const auto below = [&](std::size_t most) {
        return std::uniform_int_distribution<std::size_t>(0, most - 1)(random);
    };
    // What a reader follows stands behind the big value.
    const auto& cells = builder.cells();
    const std::size_t followed = 4096 + 17200, end = 4096 + builder.size();
    std::size_t opened = 0;
    for (int round = 0; round < 20000; ++round) {
        auto bytes = sound;
        for (auto changes = below(4) + 1; changes > 0; --changes) {
            const auto at = followed + below(end - followed - 4);
            if (round % 2 == 0) {
                std::string reference;
                put_u32(reference, cells[below(cells.size())]);
                bytes.replace(at / 4 * 4, 4, reference);
            } else {
                bytes[round % 16 == 1 ? below(512) : at] = static_cast<char>(below(256));
            }
        }
        if (round % 32 == 3) bytes.resize(below(bytes.size()));
        const auto hive = RegistryHive::parse(std::move(bytes));
        if (!hive) continue;
        ++opened;
        const auto counted = count_hive(*hive, 1000);
        REQUIRE(counted.keys < 1000);
    }
    CHECK(opened > 10000);
}

}  // namespace
}  // namespace guestprep
