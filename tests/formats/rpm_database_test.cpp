// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/rpm_database.h"

#include <algorithm>

#include "agent/collect/rpm_files.h"
#include "tests/support/catch.h"
#include "tests/support/fake_host.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

std::string big(std::uint32_t value) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xFFU);
    return out;
}

std::string little(std::uint32_t value) {
    auto out = big(value);
    std::ranges::reverse(out);
    return out;
}

/// A header with name, version, release and vendor.
std::string header(const std::vector<std::string>& texts) {
    constexpr std::uint32_t kTags[] = {1000, 1001, 1002, 1011};
    std::string index;
    std::string data;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        index += big(kTags[i]) + big(6) + big(static_cast<std::uint32_t>(data.size())) + big(1);
        data += texts[i] + '\0';
    }
    return big(static_cast<std::uint32_t>(texts.size())) +
           big(static_cast<std::uint32_t>(data.size())) + index + data;
}

/// ndb with one package.
std::string small_ndb(const std::string& blob) {
    std::string out = "RpmP" + little(0) + little(1) + little(1) + std::string(16, '\0');
    out += "Slot" + little(1) + little(256) + little(10);
    while (out.size() < 4096) out += "Slot" + std::string(12, '\0');
    return out + "BlbS" + little(1) + little(1) + little(static_cast<std::uint32_t>(blob.size())) +
           blob;
}

TEST_CASE("rpm header: four strings of many") {
    const auto package = read_rpm_header(header({"kernel", "3.10.0", "1160.el7", "CentOS"}));
    REQUIRE(package);
    CHECK(package->name == "kernel");
    CHECK(package->release == "1160.el7");
    CHECK(package->vendor == "CentOS");
    CHECK_FALSE(read_rpm_header(""));
    CHECK_FALSE(read_rpm_header(big(0xFFFFFFFF) + big(0xFFFFFFFF)));
    CHECK_FALSE(read_rpm_header(header({""})));
}

TEST_CASE("rpm database: real files of two kinds") {
    for (const auto& [kind, least] :
         {std::pair{"rpmdb-bdb", std::size_t{1}}, std::pair{"rpmdb-ndb", std::size_t{20}}})
        for (const auto& fixture : fixtures_of_kind(kind)) {
            INFO(fixture.name);
            const auto packages = read_rpm_database(fixture.text);
            REQUIRE(packages);
            CHECK(packages->size() >= least);
            for (const auto& package : *packages) {
                CHECK_FALSE(package.name.empty());
                CHECK_FALSE(package.version.empty());
            }
            // Cut anywhere, it is refused or shorter, and nothing breaks.
            for (std::size_t at = 0; at < fixture.text.size(); at += fixture.text.size() / 50)
                (void)read_rpm_database(fixture.text.substr(0, at));
        }
}

TEST_CASE("rpm database: ndb made here, and damaged") {
    const auto good = small_ndb(header({"bash", "5.1", "2", "SUSE LLC"}));
    const auto packages = read_rpm_database(good);
    REQUIRE(packages);
    REQUIRE(packages->size() == 1);
    CHECK(packages->front().vendor == "SUSE LLC");
    for (const std::size_t at : {12U, 32U, 40U, 4096U, 4108U, 4112U}) {
        auto bad = good;
        bad[at] = '\x7F';
        CHECK_FALSE(read_rpm_database(bad));
    }
    CHECK_FALSE(read_rpm_database("something else"));
    CHECK_FALSE(read_rpm_database("SQLite format 3"));
}

TEST_CASE("rpm database: SQLite with a tree of pages and long headers") {
    const auto bytes = own_fixture("software/rpmdb.sqlite");
    const auto packages = read_rpm_database(bytes);
    REQUIRE(packages);
    REQUIRE(packages->size() == 60);
    CHECK(packages->front().name == "package-1");
    CHECK(packages->back().name == "package-60");
    CHECK(packages->at(30).vendor == "Rocky Enterprise Software Foundation");
    for (std::size_t at = 0; at < bytes.size(); at += 97) {
        auto bad = bytes;
        bad[at] = static_cast<char>(bad[at] ^ 0x55);
        (void)read_rpm_database(bad);
    }
}

TEST_CASE("rpm files: the kernel's package by its version") {
    const std::vector<RpmPackage> packages = {
        {"kernel-devel", "5.14.0", "427.el9", "a"},
        {"kernel-core", "5.14.0", "427.el9", "Rocky Enterprise Software Foundation"},
        {"kernel-default", "4.12.14", "122.37.1", "SUSE LLC <https://www.suse.com/>"}};
    REQUIRE(rpm_of_kernel(packages, "5.14.0-427.el9.x86_64") != nullptr);
    CHECK(rpm_of_kernel(packages, "5.14.0-427.el9.x86_64")->name == "kernel-core");
    REQUIRE(rpm_of_kernel(packages, "4.12.14-122.37-default") != nullptr);
    CHECK(rpm_of_kernel(packages, "5.4.1-1.el7.elrepo.x86_64") == nullptr);
}

TEST_CASE("rpm files: a log of changes beside SQLite's file leaves it open") {
    FakeHost host;
    host.files.file("/var/lib/rpm/Packages.db", small_ndb(header({"bash", "5", "2", "x"})));
    CHECK(packages_in_rpm_files(host.files));
    host.files.file("/usr/lib/sysimage/rpm/rpmdb.sqlite", own_fixture("software/rpmdb.sqlite"))
        .file("/usr/lib/sysimage/rpm/rpmdb.sqlite-wal", "x");
    CHECK_FALSE(packages_in_rpm_files(host.files));
}

}  // namespace
}  // namespace guestprep
