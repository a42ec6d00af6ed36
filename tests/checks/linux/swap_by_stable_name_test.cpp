// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::swap_by_stable_name.evaluate(facts, profile_2026());
}

TEST_CASE("swap: by UUID, in a file, or none at all passes") {
    CHECK(judge(plain_machine()).status == Status::pass);
    auto facts = plain_machine();
    facts.storage.fstab = fstab("/swap none swap sw\n");
    facts.storage.resume = std::string("none");
    CHECK(judge(facts).status == Status::pass);
    facts.storage.fstab = failure(Errc::not_found, "no such file");
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("swap: kernel names and devices that are gone fail") {
    auto facts = plain_machine();
    facts.storage.fstab = fstab("/dev/sda2 none swap sw\n");
    CHECK(judge(facts).status == Status::fail);
    facts.storage.fstab = fstab("UUID=gone none swap sw\n");
    CHECK(judge(facts).status == Status::fail);
    facts.storage.fstab = fstab("UUID=gone none swap nofail\n");
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("swap: the device to resume from") {
    auto facts = plain_machine();
    facts.storage.resume = std::string("UUID=swap-uuid");
    CHECK(judge(facts).status == Status::pass);
    facts.storage.resume = std::string("UUID=gone");
    CHECK(judge(facts).evidence.at(0).found == "RESUME=UUID=gone");
    facts.storage.resume = std::string("/dev/sda2");
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("swap: a device that cannot be seen, or no readable fstab, is unknown") {
    CHECK(judge(plain_directory()).status == Status::unknown);
    auto facts = plain_machine();
    facts.storage.fstab = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
    facts = plain_machine();
    facts.storage.resume = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
