// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/grub_legacy.h"

#include <algorithm>

#include "agent/formats/kernel_command_line.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

using Texts = std::vector<std::string>;

constexpr std::string_view kFile =
    "default=1\ntimeout 5\nfallback 0 2\n#hiddenmenu\npassword --md5 $1$x\n"
    "title One\n\troot (hd0,0)\n\tkernel (hd0,0)/vmlinuz-1 ro root=LABEL=/\n\tinitrd /initrd-1\n"
    "title Two\n\tlock\n\tkernel --no-mem-option /vmlinuz-2 ro root=/dev/sda2\n";

TEST_CASE("grub legacy: entries and global settings") {
    const auto file = parse_grub_legacy(kFile);
    REQUIRE(file.menu.size() == 2);
    CHECK(file.menu[0].kernel == "/vmlinuz-1");
    CHECK(file.menu[0].command_line == "ro root=LABEL=/");
    CHECK(file.menu[0].initrds == Texts{"/initrd-1"});
    CHECK(file.menu[0].unrestricted);
    CHECK(file.menu[1].kernel == "/vmlinuz-2");
    CHECK_FALSE(file.menu[1].unrestricted);
    CHECK(file.menu[1].command_line_line == 12);
    CHECK(file.default_setting == "1");
    CHECK(file.timeout == 5);
    CHECK(file.fallback == 0);
    CHECK(file.asks_password);
}

TEST_CASE("grub legacy: the default by number and as saved") {
    auto file = parse_grub_legacy(kFile);
    CHECK(grub_legacy_default(file, std::nullopt)->path == std::vector<std::size_t>{1});
    file.default_setting = "saved";
    CHECK(grub_legacy_default(file, "1\n#\n#\n")->path == std::vector<std::size_t>{1});
    CHECK(grub_legacy_default(file, std::nullopt)->path == std::vector<std::size_t>{0});
    CHECK(grub_legacy_default(file, std::nullopt)->fell_back);
    file.default_setting = "2";
    CHECK_FALSE(grub_legacy_default(file, std::nullopt));
    file.default_setting = "Two";
    CHECK_FALSE(grub_legacy_default(file, std::nullopt));
    CHECK_FALSE(grub_legacy_default({}, std::nullopt));
}

TEST_CASE("grub legacy: hostile input") {
    CHECK(parse_grub_legacy("").menu.empty());
    CHECK(parse_grub_legacy(std::string("title\0\nkernel\nmodule\ninitrd\n\0", 28)).menu.size() <=
          1);
    CHECK(parse_grub_legacy("title\nmodule /x\nmodule /y\n" + std::string(1 << 20, 'a'))
              .menu.size() == 1);
}

TEST_CASE("grub legacy: real files") {
    for (const auto& fixture : fixtures_of_kind("grub-legacy")) {
        INFO(fixture.name);
        const auto& wanted = fixture.expected;
        const auto file = parse_grub_legacy(fixture.text);
        Texts titles, without_initrd, roots, chained;
        for (const auto& entry : file.menu) {
            titles.push_back(entry.title);
            if (entry.chainloads) chained.push_back(entry.title);
            if (!entry.kernel.empty() && entry.initrds.empty())
                without_initrd.push_back(entry.title);
            if (const auto root = kernel_argument(entry.command_line, "root");
                root && std::ranges::find(roots, *root) == roots.end())
                roots.push_back(*root);
        }
        CHECK(titles == wanted.at("entry_titles").get<Texts>());
        CHECK(without_initrd == wanted.at("entries_without_initrd").get<Texts>());
        CHECK(chained == wanted.at("chainloader_entries").get<Texts>());
        CHECK(roots == wanted.at("roots").get<Texts>());
        CHECK(nlohmann::json(file.default_setting.empty() ? nlohmann::json(nullptr)
                                                          : nlohmann::json(file.default_setting)) ==
              wanted.at("default_raw"));
        const auto chosen = grub_legacy_default(file, std::nullopt);
        REQUIRE(chosen.has_value() == !wanted.at("default_title").is_null());
        if (!chosen) continue;
        const auto& entry = file.menu.at(chosen->path.at(0));
        CHECK(entry.title == wanted.at("default_title").get<std::string>());
        // The collection names the hypervisor where Xen comes first, and keeps "(hd0,0)".
        const auto& first = entry.hypervisor.empty() ? entry.kernel : entry.hypervisor;
        if (!wanted.at("default_kernel").is_null())
            CHECK(wanted.at("default_kernel").get<std::string>().ends_with(first));
        const auto root = kernel_argument(entry.command_line, "root");
        CHECK((root ? nlohmann::json(*root) : nlohmann::json(nullptr)) ==
              wanted.at("default_root"));
    }
}

}  // namespace
}  // namespace guestprep
