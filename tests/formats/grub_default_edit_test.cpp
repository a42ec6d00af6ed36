// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/grub_default_edit.h"

#include "tests/support/catch.h"

namespace guestprep {
namespace {

std::string set(std::string_view text) {
    const auto out = set_kernel_argument(text, "net.ifnames", "0");
    REQUIRE(out);
    // A second time changes nothing.
    CHECK(set_kernel_argument(*out, "net.ifnames", "0") == *out);
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
        set_kernel_argument("GRUB_CMDLINE_LINUX=\"$X net.ifnames=1\"\n", "net.ifnames", "0"));
}

TEST_CASE("kernel argument: GRUB legacy's kernel lines, not the hypervisor's") {
    const std::string after =
        "default 0\r\n# kopt=root=/dev/a ro net.ifnames=0\r\ntitle L\r\n"
        "\tkernel /vmlinuz ro net.ifnames=0\r\ntitle X\r\n kernel /xen.gz\r\n";
    const auto out = set_legacy_kernel_argument(
        "default 0\r\n# kopt=root=/dev/a ro\r\ntitle L\r\n"
        "\tkernel /vmlinuz net.ifnames=1 ro\r\ntitle X\r\n kernel /xen.gz\r\n",
        "net.ifnames", "0");
    CHECK(out == after);
    CHECK(set_legacy_kernel_argument(out, "net.ifnames", "0") == after);
}

}  // namespace
}  // namespace guestprep
