// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

constexpr std::uint64_t kMib = 1ULL << 20;

Finding judge(const Facts& facts) { return checks::free_space.evaluate(facts, profile_2026()); }

Space space(std::string mount_point, std::uint64_t free, std::uint64_t inodes = 9999) {
    return {std::move(mount_point), free, 900 * kMib, inodes, 99999};
}

TEST_CASE("free space: enough passes with the amount") {
    const auto finding = judge(plain_machine());
    CHECK(finding.status == Status::pass);
    CHECK(finding.summary == "/ has 8.0 GiB free");
}

TEST_CASE("free space: 250 MiB on / is the line") {
    auto facts = plain_machine();
    facts.storage.space["/"] = space("/", 250 * kMib);
    CHECK(judge(facts).status == Status::pass);
    facts.storage.space["/"] = space("/", 250 * kMib - 1);
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).variant.empty());
}

TEST_CASE("free space: no inodes is no space, no count of inodes is none missing") {
    auto facts = plain_machine();
    facts.storage.space["/"] = space("/", 999 * kMib, 3);
    CHECK(judge(facts).evidence.at(0).found == "3 inodes free");
    facts.storage.space["/"]->total_inodes = 0;
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("free space: other file systems weigh as what they hold") {
    auto facts = plain_machine();
    facts.storage.space["/boot"] = space("/boot", 20 * kMib);
    CHECK(judge(facts).variant == "boot");
    facts.storage.space["/boot"] = space("/boot", 300 * kMib);
    facts.storage.space["/var"] = space("/var", 20 * kMib);
    CHECK(judge(facts).variant == "mount");
    facts.storage.space["/"] = space("/", 0);
    CHECK(judge(facts).variant.empty());
    CHECK(judge(facts).evidence.size() == 2);
}

TEST_CASE("free space: a directory on / is judged once, with /") {
    auto facts = plain_machine();
    facts.storage.space["/"] = space("/", 1);
    facts.storage.space["/usr"] = space("/", 1);
    CHECK(judge(facts).evidence.size() == 1);
}

TEST_CASE("free space: not known is unknown, with the weight of what is not known") {
    auto facts = plain_directory();
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(facts).variant.empty());
    facts.storage.space["/"] = failure(Errc::unsupported, "no file system of its own");
    CHECK(judge(facts).summary == "no file system of its own");
    facts.storage.space["/"] = space("/", 999 * kMib);
    facts.storage.space["/boot"] = failure(Errc::unsupported, "not mounted");
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(facts).variant == "boot");
    // What is known to be too little outweighs what is not known.
    facts.storage.space["/"] = space("/", 1);
    CHECK(judge(facts).status == Status::fail);
}

}  // namespace
}  // namespace guestprep
