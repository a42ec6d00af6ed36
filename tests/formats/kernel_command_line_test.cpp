// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/kernel_command_line.h"

#include "tests/support/catch.h"

namespace guestprep {
namespace {

TEST_CASE("kernel command line: the last one counts, dashes are underscores") {
    constexpr std::string_view kLine =
        "root=/dev/sda1 ro quiet root=UUID=x nvme-core.io_timeout=5 console=tty0 console=ttyS0";
    CHECK(kernel_argument(kLine, "root") == "UUID=x");
    CHECK(kernel_argument(kLine, "nvme_core.io_timeout") == "5");
    CHECK(kernel_argument(kLine, "quiet") == "");
    CHECK_FALSE(kernel_argument(kLine, "console2"));
    CHECK(kernel_argument_values(kLine, "console") == std::vector<std::string>{"tty0", "ttyS0"});
}

TEST_CASE("kernel command line: quotes, and what belongs to init") {
    CHECK(kernel_argument("dyndbg=\"file a +p\" x=1", "dyndbg") == "file a +p");
    CHECK(kernel_argument("\"root=LABEL=my root\" ro", "root") == "LABEL=my root");
    CHECK_FALSE(kernel_argument("ro -- root=/dev/sda1", "root"));
    CHECK(parse_kernel_arguments("").empty());
    CHECK(parse_kernel_arguments("a=\"never closed b c").size() == 1);
}

TEST_CASE("kernel command line: passwords are blotted out") {
    const auto shown = redacted_command_line(
        "ro rd.iscsi.password=hunter2 netroot=iscsi:u:hunter2@1.2.3.4 root=UUID=x");
    CHECK(shown.find("hunter2") == std::string::npos);
    CHECK(shown.find("root=UUID=x") != std::string::npos);
}

}  // namespace
}  // namespace guestprep
