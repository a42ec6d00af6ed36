// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::firmware_fits_partition_table.evaluate(facts, profile_2026());
}

Facts machine(Firmware firmware, const std::string& table) {
    auto facts = plain_machine();
    facts.os.firmware = firmware;
    facts.storage.devices->at(0).table = table;
    return facts;
}

TEST_CASE("firmware and partition table: the pairs that fit") {
    CHECK(judge(machine(Firmware::bios, "dos")).status == Status::pass);
    CHECK(judge(machine(Firmware::uefi, "gpt")).status == Status::pass);
    CHECK(judge(machine(Firmware::uefi, "dos")).status == Status::fail);
    auto facts = machine(Firmware::bios, "gpt");
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).variant.empty());
    facts.storage.devices->at(2).partition_type = "21686148-6449-6e6f-744e-656564454649";
    CHECK(judge(facts).variant == "bios-boot");
    facts.platform = Platform::windows_guest;
    CHECK(judge(facts).variant == "windows");
}

TEST_CASE("firmware and partition table: an EFI system partition under BIOS is worth a word") {
    auto facts = machine(Firmware::bios, "dos");
    facts.storage.devices->at(2).partition_type = "0xef";
    CHECK(judge(facts).variant == "esp");
    facts.storage.devices->at(0).unread = "permission denied";
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(plain_machine()).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
