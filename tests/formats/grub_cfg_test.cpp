// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/grub_cfg.h"

#include <algorithm>

#include "agent/formats/kernel_command_line.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

using Texts = std::vector<std::string>;
using Saved = std::map<std::string, std::string>;

constexpr std::string_view kHead = R"(
if [ -s $prefix/grubenv ]; then
  load_env
fi
if [ "${next_entry}" ] ; then
   set default="${next_entry}"
   set next_entry=
else
   set default="${saved_entry}"
fi
)";

std::string default_of(std::string_view text, const Saved* saved) {
    const auto cfg = parse_grub_cfg(text, saved);
    const auto* const value = cfg.variable("default");
    return value == nullptr ? "(not set)" : value->certain ? value->value : "(unknown)";
}

std::vector<const MenuEntry*> flat(const std::vector<MenuEntry>& menu) {
    std::vector<const MenuEntry*> out;
    for (const auto& entry : menu) {
        if (!entry.is_submenu && !entry.is_bls) out.push_back(&entry);
        for (const auto* inner : flat(entry.children)) out.push_back(inner);
    }
    return out;
}

TEST_CASE("grub.cfg: the default of the next boot comes from the environment block") {
    const Saved saved{{"saved_entry", "one"}};
    const Saved next{{"saved_entry", "one"}, {"next_entry", "two"}};
    CHECK(default_of(kHead, &saved) == "one");
    CHECK(default_of(kHead, &next) == "two");
    CHECK(default_of(kHead, nullptr) == "");
    CHECK(default_of("set default=\"0\"\n", nullptr) == "0");
    CHECK(default_of("default=2", nullptr) == "2");
    CHECK(default_of("if loadfont x; then set default=1; else set default=2; fi", nullptr) ==
          "(unknown)");
    CHECK(default_of("if loadfont x; then set default=1; else set default=1; fi", nullptr) == "1");
    CHECK(default_of("if [ x$feature_menuentry_id = xy ]; then set default=1; fi", nullptr) == "1");
    CHECK(default_of("if [ \"${a}\" = 1 -o ! -n \"${b}\" ]; then set default=7; fi", nullptr) ==
          "7");
}

TEST_CASE("grub.cfg: an entry with all it starts") {
    const auto cfg = parse_grub_cfg(R"(
set kopts="ro quiet"
function gfx { set vt="vt.handoff=$1"; }
menuentry 'Debian' --class debian $menuentry_id_option 'gnulinux-simple' {
	insmod gzio
	if [ x$grub_platform = xxen ]; then insmod xzio; insmod lzopio; fi
	gfx 7
	linux	($root)/vmlinuz-6.1.0-28-amd64 root=UUID=x $kopts $vt
	initrd	/early.img /initrd.img-6.1.0-28-amd64
}
menuentry "Windows" { chainloader +1 }
)",
                                    nullptr);
    CHECK(cfg.problems.empty());
    REQUIRE(cfg.menu.size() == 2);
    const auto& entry = cfg.menu[0];
    CHECK(entry.title == "Debian");
    CHECK(entry.line == 4);
    CHECK(entry.command == "linux");
    CHECK(entry.kernel == "/vmlinuz-6.1.0-28-amd64");
    CHECK(entry.command_line == "root=UUID=x ro quiet vt.handoff=7");
    CHECK(entry.command_line_line == 8);
    CHECK(entry.initrds == Texts{"/early.img", "/initrd.img-6.1.0-28-amd64"});
    CHECK(cfg.menu[1].chainloads);
}

TEST_CASE("grub.cfg: Xen puts the kernel in a module") {
    const auto cfg = parse_grub_cfg(
        "menuentry x { multiboot2 /xen.gz a\nmodule2 /vmlinuz-1 placeholder root=/dev/sda1\n"
        "module2 --nounzip /initrd-1\n}",
        nullptr);
    REQUIRE(cfg.menu.size() == 1);
    CHECK(cfg.menu[0].hypervisor == "/xen.gz");
    CHECK(cfg.menu[0].kernel == "/vmlinuz-1");
    CHECK(cfg.menu[0].initrds == Texts{"/initrd-1"});
}

std::vector<MenuEntry> sample_menu() {
    return parse_grub_cfg(R"(
menuentry 'A' --id a { linux /a }
submenu 'More' --id more {
  menuentry 'B > 1' --id b { linux /b }
  menuentry '7 seven' --id c { linux /c }
}
menuentry '7 seven' { linux /d }
fwsetup --is-supported
if [ "$?" = 0 ]; then menuentry 'UEFI settings' { fwsetup } fi
menuentry 'last' { linux /e }
)",
                          nullptr)
        .menu;
}

std::vector<std::size_t> path_of(std::string_view setting) {
    const auto found = grub_default(sample_menu(), setting);
    return found ? found->path : std::vector<std::size_t>{99};
}

TEST_CASE("grub.cfg: the default by number, title, ID and submenu") {
    using Path = std::vector<std::size_t>;
    CHECK(path_of("") == Path{0});
    CHECK(path_of("0") == Path{0});
    CHECK(path_of("a") == Path{0});
    CHECK(path_of("1") == Path{1, 0});
    CHECK(path_of("1>1") == Path{1, 1});
    CHECK(path_of("more>c") == Path{1, 1});
    CHECK(path_of("More>B >> 1") == Path{1, 0});
    CHECK(path_of("7 seven") == Path{2});
    CHECK(path_of("gone") == Path{0});
    CHECK(grub_default(sample_menu(), "gone")->fell_back);
    CHECK(grub_default(sample_menu(), "1>gone")->fell_back);
    CHECK_FALSE(grub_default(sample_menu(), "1")->fell_back);
    CHECK(path_of("last") == Path{4});
    CHECK(path_of("4") == Path{99});
    CHECK_FALSE(grub_default({}, "0"));
}

TEST_CASE("grub.cfg: what GRUB would stumble over is named, the rest is read") {
    const auto cfg =
        parse_grub_cfg("fi\nmenuentry a { linux /x\n}\n}\nmenuentry b { linux /y\n", nullptr);
    CHECK(cfg.problems.size() == 3);
    CHECK(cfg.menu.size() == 2);
}

TEST_CASE("grub.cfg: hostile input ends, and soon") {
    const auto many = [](std::string_view part, int times) {
        std::string out;
        for (int i = 0; i < times; ++i) out += part;
        return out;
    };
    for (const auto& text :
         {many("submenu x {", 100'000), many("if [ a ]; then ", 100'000), many("}", 100'000),
          many("if loadfont x; then set a$a=1; fi\n", 50'000),
          "if x; then y=1;" + many("elif x; then y=2;", 50'000) + "fi",
          many("function f { f; f; f; }\n", 5) + "f",
          std::string("function f { submenu a { f } }\nsubmenu b { f }"),
          "function f { menuentry a { f } }\n" + many("f\n", 20'000), std::string(1 << 20, '$'),
          "menuentry " + std::string(1 << 20, 'x') + " { linux " + std::string(1 << 20, 'y') + "}",
          std::string("menuentry \0 'a\0b' { linux /\0 }", 29), many("while x; do ", 1000)}) {
        const auto cfg = parse_grub_cfg(text, nullptr);
        CHECK(cfg.menu.size() <= 20'000);
    }
}

void add_once(Texts& texts, const std::string& text) {
    if (std::ranges::find(texts, text) == texts.end()) texts.push_back(text);
}

TEST_CASE("grub.cfg: real files") {
    for (const auto& fixture : fixtures_of_kind("grub2-cfg")) {
        INFO(fixture.name);
        const auto& wanted = fixture.expected;
        const auto cfg = parse_grub_cfg(fixture.text, nullptr);
        CHECK(cfg.problems.empty());
        Texts titles, kernels, without_initrd, commands, roots;
        for (const auto* entry : flat(cfg.menu)) {
            titles.push_back(entry->title);
            if (entry->kernel.empty()) continue;
            kernels.push_back(entry->kernel);
            add_once(commands, entry->command);
            if (entry->initrds.empty()) without_initrd.push_back(entry->title);
            if (const auto root = kernel_argument(entry->command_line, "root"))
                add_once(roots, *root);
        }
        CHECK(titles == wanted.at("entry_titles").get<Texts>());
        CHECK(titles.size() == wanted.at("menuentry_count").get<std::size_t>());
        CHECK(kernels == wanted.at("kernels").get<Texts>());
        CHECK(kernels.size() == wanted.at("linux_entry_count").get<std::size_t>());
        CHECK(without_initrd == wanted.at("entries_without_initrd").get<Texts>());
        CHECK(commands == wanted.at("linux_commands").get<Texts>());
        CHECK(roots == wanted.at("roots").get<Texts>());
        CHECK(cfg.uses_blscfg == wanted.at("uses_blscfg").get<bool>());
        if (wanted.contains("fallback_kernelopts")) {
            REQUIRE(cfg.variable("kernelopts") != nullptr);
            CHECK(cfg.variable("kernelopts")->value ==
                  wanted.at("fallback_kernelopts").get<std::string>());
            CHECK(kernel_argument(cfg.expand("$kernelopts $tuned_params"), "root") ==
                  wanted.at("fallback_root").get<std::string>());
        }
    }
}

}  // namespace
}  // namespace guestprep
