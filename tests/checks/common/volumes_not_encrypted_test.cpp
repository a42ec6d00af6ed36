// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::volumes_not_encrypted.evaluate(facts, profile_2026());
}

std::vector<CrypttabEntry> crypttab(std::string_view text) { return parse_crypttab(text); }

TEST_CASE("encryption: a plain machine passes") {
    CHECK(judge(plain_machine()).status == Status::pass);
}

TEST_CASE("encryption: LUKS on a partition, below a mapper device, or in crypttab fails") {
    auto facts = plain_machine();
    facts.storage.devices->push_back(partition("sda3", "sda", "crypto_LUKS", "x"));
    CHECK(judge(facts).status == Status::fail);

    facts = plain_machine();
    facts.storage.devices->push_back(mapper("dm-0", "luks-x", {"sda3"}, "xfs"));
    facts.storage.devices->back().mapper_uuid = "CRYPT-LUKS2-abc-luks-x";
    facts.storage.devices->back().type.clear();
    CHECK(judge(facts).status == Status::fail);

    facts = plain_directory();
    facts.storage.crypttab = crypttab("# x\nluks-x UUID=x none\n");
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).where == "/etc/crypttab:2");
}

TEST_CASE("encryption: swap with a random key weighs less") {
    auto facts = plain_machine();
    facts.storage.crypttab = crypttab("swap /dev/sda2 /dev/urandom swap\n");
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).variant == "swap");
}

TEST_CASE("encryption: a device that is unread but used in clear needs no reading") {
    auto facts = plain_machine();
    for (auto& device : *facts.storage.devices) device.unread = "permission denied";
    CHECK(judge(facts).status == Status::unknown);  // sda2
    facts.storage.devices->pop_back();
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("encryption: a directory tells by the command line") {
    auto facts = plain_directory();
    BootEntry entry;
    entry.command_line = "root=/dev/mapper/x rd.luks.uuid=luks-1";
    entry.command_line_where = "/boot/grub2/grub.cfg:9";
    facts.boot.entries = {entry};
    facts.boot.default_boot = DefaultBoot{};
    const auto finding = checks::volumes_not_encrypted.evaluate(facts, profile_2026());
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).where == "/boot/grub2/grub.cfg:9");
}

TEST_CASE("encryption: unread content, no devices, unread crypttab are unknown") {
    auto facts = plain_machine();
    facts.storage.devices->push_back(partition("sdb1", "sdb"));
    facts.storage.devices->back().unread = "permission denied";
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(plain_directory()).status == Status::unknown);
    facts = plain_machine();
    facts.storage.crypttab = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
