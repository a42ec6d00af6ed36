// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) { return checks::efi_fallback_exists.evaluate(facts, {}); }

TEST_CASE("fallback loader: BIOS needs none, UEFI does") {
    auto facts = sound_boot_facts();
    CHECK(judge(facts).status == Status::not_applicable);
    facts.os.firmware = Firmware::uefi;
    facts.boot.efi_fallback = std::string("/boot/efi/EFI/BOOT/BOOTX64.EFI");
    CHECK(judge(facts).status == Status::pass);
    facts.boot.efi_fallback = failure(Errc::not_found, "no such file");
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).variant.empty());
    facts.boot.efi_fallback = failure(Errc::bad_syntax, "no EFI program");
    CHECK(judge(facts).status == Status::fail);
    facts.os.distribution->id = "debian";
    CHECK(judge(facts).variant == "debian");
}

TEST_CASE("fallback loader: an unmounted partition and unknown firmware are unknown") {
    auto facts = sound_boot_facts();
    facts.os.firmware = Firmware::uefi;
    facts.boot.efi_fallback = failure(Errc::unsupported, "not mounted");
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge({}).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
