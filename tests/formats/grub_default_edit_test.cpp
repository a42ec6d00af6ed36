// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/grub_default_edit.h"

#include "tests/support/catch.h"

namespace guestprep {
namespace {

std::string set(std::string_view text) {
    const auto out = set_kernel_argument(text, {"net.ifnames", "0"});
    REQUIRE(out);
    // A second time changes nothing.
    CHECK(set_kernel_argument(*out, {"net.ifnames", "0"}) == *out);
    return *out;
}

TEST_CASE("kernel argument: added to what is there, in its quotes or in new ones") {
    CHECK(set("# x\nGRUB_CMDLINE_LINUX=\"quiet  rhgb\" # y\nB=1\n") ==
          "# x\nGRUB_CMDLINE_LINUX=\"quiet  rhgb net.ifnames=0\" # y\nB=1\n");
    CHECK(set("GRUB_CMDLINE_LINUX=\"\"\n") == "GRUB_CMDLINE_LINUX=\"net.ifnames=0\"\n");
    CHECK(set("GRUB_TIMEOUT=5") == "GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX=\"net.ifnames=0\"\n");
}

TEST_CASE("kernel argument: the last assignment counts, other values go") {
    CHECK(set("GRUB_CMDLINE_LINUX=\"a\"\nGRUB_CMDLINE_LINUX=\"b net.ifnames=1 c\"\n") ==
          "GRUB_CMDLINE_LINUX=\"a\"\nGRUB_CMDLINE_LINUX=\"b c net.ifnames=0\"\n");
    CHECK(set("GRUB_CMDLINE_LINUX_DEFAULT=\"net.ifnames=1 quiet\"\nGRUB_CMDLINE_LINUX=\"\"\n") ==
          "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\nGRUB_CMDLINE_LINUX=\"net.ifnames=0\"\n");
}

TEST_CASE("kernel argument: a value that the shell computes is added to") {
    CHECK(set("GRUB_CMDLINE_LINUX=\"a\"\nGRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX b\"") ==
          "GRUB_CMDLINE_LINUX=\"a\"\nGRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX b\"\n"
          "GRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX net.ifnames=0\"\n");
    CHECK_FALSE(
        set_kernel_argument("GRUB_CMDLINE_LINUX=\"$X net.ifnames=1\"\n", {"net.ifnames", "0"}));
}

TEST_CASE("kernel argument: GRUB legacy's kernel lines, not the hypervisor's") {
    const std::string after =
        "default 0\r\n# kopt=root=/dev/a ro net.ifnames=0\r\ntitle L\r\n"
        "\tkernel /vmlinuz ro net.ifnames=0\r\ntitle X\r\n kernel /xen.gz\r\n";
    const auto out = set_legacy_kernel_argument(
        "default 0\r\n# kopt=root=/dev/a ro\r\ntitle L\r\n"
        "\tkernel /vmlinuz net.ifnames=1 ro\r\ntitle X\r\n kernel /xen.gz\r\n",
        {"net.ifnames", "0"});
    CHECK(out == after);
    CHECK(set_legacy_kernel_argument(out, {"net.ifnames", "0"}) == after);
}

TEST_CASE("GRUB legacy's default and timeout: in their place, or before the first entry") {
    CHECK(set_legacy_command("default=3\r\n# default 4\r\ntitle a\r\ndefault 9\r\n", "default",
                             "0") == "default 0\r\n# default 4\r\ntitle a\r\ndefault 9\r\n");
    CHECK(set_legacy_command("# x\ntitle a\nkernel /v\n", "timeout", "5") ==
          "# x\ntimeout 5\ntitle a\nkernel /v\n");
}

TEST_CASE("kernel argument: one of which there may be several leaves the others") {
    const ArgumentChange serial{"console", "ttyS0,115200n8", true};
    const std::string after = "GRUB_CMDLINE_LINUX=\"console=tty1 quiet console=ttyS0,115200n8\"\n";
    const auto out = set_kernel_argument("GRUB_CMDLINE_LINUX=\"console=tty1 quiet\"\n", serial);
    CHECK(out == after);
    CHECK(set_kernel_argument(after, serial) == after);
    CHECK(set_legacy_kernel_argument("kernel /v console=tty0\n", serial) ==
          "kernel /v console=tty0 console=ttyS0,115200n8\n");
}

TEST_CASE("kernel argument: taken out of a file, not where the shell computes it") {
    CHECK(drop_kernel_argument("GRUB_CMDLINE_LINUX='a x=1 b'\nGRUB_CMDLINE_LINUX_DEFAULT=x=1 # c\n",
                               "x") ==
          "GRUB_CMDLINE_LINUX=\"a b\"\nGRUB_CMDLINE_LINUX_DEFAULT=\"\" # c\n");
    CHECK(drop_kernel_argument("# GRUB_CMDLINE_LINUX=\"x=1\"\nA=x=1\n", "x") ==
          "# GRUB_CMDLINE_LINUX=\"x=1\"\nA=x=1\n");
    CHECK_FALSE(drop_kernel_argument("GRUB_CMDLINE_LINUX=\"$A x=1\"\n", "x"));
}

TEST_CASE("kernel argument: the options of an entry that is a file of its own") {
    const auto set = [](std::string_view text, bool in_kernelopts) {
        auto out = set_entry_kernel_argument(text, {"net.ifnames", "0"}, in_kernelopts);
        CHECK(set_entry_kernel_argument(out, {"net.ifnames", "0"}, in_kernelopts) == out);
        return out;
    };
    CHECK(set("title a options\r\noptions\troot=x net.ifnames=1 ro\r\ninitrd /i", false) ==
          "title a options\r\noptions\troot=x ro net.ifnames=0\r\ninitrd /i");
    CHECK(set("options a net.ifnames=0 net.ifnames=1\noptions b\n", false) ==
          "options a\noptions b net.ifnames=0\n");
    CHECK(set("options $kernelopts $tuned_params\n", false) ==
          "options $kernelopts $tuned_params net.ifnames=0\n");
    CHECK(set("options $kernelopts net.ifnames=1\n", true) == "options $kernelopts\n");
    CHECK(set("title only\n", false) == "title only\n");
}

TEST_CASE("kernel argument: one word for another, wherever it stands") {
    const auto replaced = [](std::string_view text) {
        return replace_kernel_argument(text, "root=/dev/sda1", "root=UUID=1");
    };
    CHECK(replaced("A=\"root=/dev/sda1 ro\"\r\nB='ro root=/dev/sda1'\nC=root=/dev/sda1\n"
                   "# root=/dev/sda1\n# kopt=root=/dev/sda1 ro\n\tkernel /v root=/dev/sda1") ==
          "A=\"root=UUID=1 ro\"\r\nB='ro root=UUID=1'\nC=root=UUID=1\n"
          "# root=/dev/sda1\n# kopt=root=UUID=1 ro\n\tkernel /v root=UUID=1");
    // Parts of other words stay.
    for (const std::string text : {"kernel /v root=/dev/sda10", "kernel /v root=/dev/sda1p2",
                                   "kernel /v xroot=/dev/sda1", "kernel /v rd.root=/dev/sda1"})
        CHECK(replaced(text) == text);
    const auto gone = [](std::string_view text) {
        return replace_kernel_argument(text, "resume=/dev/sda2", "");
    };
    CHECK(gone("A=\"quiet resume=/dev/sda2 b\"\n") == "A=\"quiet b\"\n");
    CHECK(gone("A=\"quiet resume=/dev/sda2\"\n") == "A=\"quiet\"\n");
    CHECK(gone("A=\"resume=/dev/sda2 b\"\n") == "A=\"b\"\n");
    CHECK(gone("A=\"resume=/dev/sda2\"\n") == "A=\"\"\n");
}

}  // namespace
}  // namespace guestprep
