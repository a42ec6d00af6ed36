// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Status judge(const std::string& line) {
    auto facts = sound_boot_facts();
    facts.boot.entries[0].command_line = line;
    return checks::console_is_serial.evaluate(facts, {}).status;
}

TEST_CASE("serial console: the first port counts, with or without a speed") {
    CHECK(judge("console=tty0 console=ttyS0,115200n8") == Status::pass);
    CHECK(judge("console=ttyS0 console=tty0") == Status::pass);
    CHECK(judge("console=ttyS1,115200n8") == Status::fail);
    CHECK(judge("console=ttyS01") == Status::fail);
    CHECK(judge("quiet rhgb") == Status::fail);
    CHECK(checks::console_is_serial.evaluate({}, {}).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
