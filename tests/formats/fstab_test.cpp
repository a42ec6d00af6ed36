// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/fstab.h"

#include <algorithm>
#include <map>

#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

using Strings = std::vector<std::string>;

std::string_view name_of(SpecKind kind) { return enum_names(kind)[static_cast<std::size_t>(kind)]; }

FstabEntry only(std::string_view text) {
    const auto fstab = Fstab::parse(text);
    REQUIRE(fstab.entries().size() == 1);
    return fstab.entries()[0];
}

TEST_CASE("fstab: fields, options and line numbers") {
    const auto fstab = Fstab::parse("# comment\n\n  # another\nUUID=a-b / ext4 noatime,ro 0 1\n");
    REQUIRE(fstab.entries().size() == 1);
    const auto& entry = fstab.entries()[0];
    CHECK(entry.line == 4);
    CHECK(entry.spec == "UUID=a-b");
    CHECK(entry.mount_point == "/");
    CHECK(entry.type == "ext4");
    CHECK(entry.options == Strings{"noatime", "ro"});
    CHECK(entry.dump == "0");
    CHECK(entry.pass == "1");
}

TEST_CASE("fstab: octal escapes, quotes and what is no escape") {
    CHECK(only("/dev/sdb1 /srv/my\\040data ext4").mount_point == "/srv/my data");
    CHECK(only("\\043x /a\\011b\\012\\134c auto").spec == "#x");
    CHECK(only("\\043x /a\\011b\\012\\134c auto").mount_point == "/a\tb\n\\c");
    CHECK(only("/dev/sdb1 /a\\04 ext4").mount_point == "/a\\04");
    CHECK(only("/dev/sdb1 /a\\400 ext4").mount_point == "/a\\400");
    CHECK(only("UUID=\"ab\" / ext4").spec == "UUID=ab");
    CHECK(only("LABEL='r' / ext4").spec == "LABEL=r");
    CHECK(only("LABEL=\" / ext4").spec == "LABEL=\"");
}

TEST_CASE("fstab: a comma between quotes does not part options") {
    const auto entry = only(R"(tmpfs /t tmpfs context="u:r:t:s0:c1,c2",size=1m 0 0)");
    CHECK(entry.options == Strings{R"(context="u:r:t:s0:c1,c2")", "size=1m"});
    CHECK(entry.option_value("size") == "1m");
    CHECK(entry.option_value("siz").empty());
}

TEST_CASE("fstab: text after the sixth field is a comment, fewer than three fields are no entry") {
    const auto fstab = Fstab::parse("/dev/sdb1 /b ext4 ro 0 2 # backup\n/dev/sdc1 /c\nlonely\n");
    REQUIRE(fstab.entries().size() == 1);
    CHECK(fstab.entries()[0].pass == "2");
    CHECK(fstab.malformed_lines() == std::vector<std::size_t>{2, 3});
}

TEST_CASE("fstab: CRLF ends a line and is kept") {
    const std::string text = "/dev/sdb1 /b ext4\r\nproc /proc proc defaults\r\n";
    auto fstab = Fstab::parse(text);
    REQUIRE(fstab.entries().size() == 2);
    CHECK(fstab.entries()[0].type == "ext4");
    CHECK(fstab.entries()[1].options == Strings{"defaults"});
    CHECK(fstab.has_crlf());
    CHECK(fstab.text() == text);
    REQUIRE(fstab.set_options(1, {"ro"}));
    CHECK(fstab.text() == "/dev/sdb1 /b ext4 ro\r\nproc /proc proc defaults\r\n");
}

TEST_CASE("fstab: an edit changes one field of one line and nothing else") {
    auto fstab = Fstab::parse("# /dev/sdb1\n/dev/sdb1\t/b  ext4 ro 0 2 # why\n/dev/sdb1 /c ext4");
    REQUIRE(fstab.set_spec(2, "UUID=x"));
    CHECK(fstab.text() == "# /dev/sdb1\nUUID=x\t/b  ext4 ro 0 2 # why\n/dev/sdb1 /c ext4");
    CHECK(fstab.entries()[0].kind == SpecKind::uuid);
    REQUIRE(fstab.set_options(3, {"ro", "nofail"}));
    CHECK(fstab.text() ==
          "# /dev/sdb1\nUUID=x\t/b  ext4 ro 0 2 # why\n/dev/sdb1 /c ext4 ro,nofail");
    REQUIRE(fstab.set_options(2, {}));
    CHECK(fstab.entries()[0].options == Strings{"defaults"});
    CHECK_FALSE(fstab.set_spec(1, "UUID=x"));
    CHECK_FALSE(fstab.set_spec(9, "UUID=x"));
    REQUIRE(fstab.set_spec(2, "LABEL=my disk"));
    CHECK(fstab.entries()[0].spec == "LABEL=my disk");
}

TEST_CASE("fstab: bytes that are no fstab come back as they were") {
    const std::string utf16("\xff\xfe#\0\n\0/\0d\0e\0v\0", 14);
    std::vector<std::string> odd = {"", "\n", "\r\n", utf16, " \t ", std::string(3, '\0')};
    odd.push_back(std::string("a b c\0d\n", 8));
    for (const char c : {'x', ' ', ',', '\\'}) {
        odd.push_back(std::string(std::size_t{1} << 20, c));
        odd.push_back("/dev/sda1 / ext4 " + odd.back());
    }
    for (const auto& text : odd) CHECK(Fstab::parse(text).text() == text);
}

TEST_CASE("fstab: passwords are not shown") {
    const auto entry = only(
        "//user:p@ss:w@nas/share /m cifs username=joe%geheim,PASSWORD=geheim,"
        "credentials=/root/cred,pass=geheim 0 0");
    const auto shown = entry.shown();
    CHECK(shown.find("geheim") == std::string::npos);
    CHECK(shown.find("ss:w") == std::string::npos);
    CHECK(shown.find("credentials=/root/cred") != std::string::npos);
    CHECK(entry.redacted().option_value("pass") == "(hidden)");
    CHECK(only("https://u:geheim@h/d /m davfs").shown() == "https://u:(hidden)@h/d /m davfs");
    CHECK(only("h:/d /m nfs").shown() == "h:/d /m nfs");
}

TEST_CASE("fstab: kinds of names") {
    const std::map<std::string, SpecKind> kinds = {
        {"PARTUUID=1-01", SpecKind::partuuid},
        {"PARTLABEL=x", SpecKind::partlabel},
        {"/dev/sdaa12", SpecKind::kernel_name},
        {"/dev/nvme0n1p1", SpecKind::kernel_name},
        {"/dev/cciss/c0d0p1", SpecKind::kernel_name},
        {"/dev/mmcblk0p2", SpecKind::kernel_name},
        {"/dev/disk/by-id/scsi-36000c29-part1", SpecKind::by_id},
        {"/dev/disk/by-path/pci-0000:00:10.0-scsi-0:0:0:0-part2", SpecKind::by_path},
        {"/dev/disk/by-uuid/a-b", SpecKind::by_uuid},
        {"/dev/disk/by-label/root", SpecKind::by_label},
        {"/dev/mapper/vg-root", SpecKind::mapper},
        {"/dev/VolGroup00/LogVol00", SpecKind::lvm},
        {"/dev/md127p1", SpecKind::md},
        {"/dev/md/root", SpecKind::md},
        {"/dev/sr0", SpecKind::optical},
        {"/dev/cdrom", SpecKind::optical},
        {"/dev/fd0", SpecKind::other},
        {"/dev/gpt/data", SpecKind::other},
        {"/dev/sd0a", SpecKind::bsd_name},
        {"/dev/da0s1a", SpecKind::bsd_name},
        {"nas:/export", SpecKind::network},
        {"//nas/share", SpecKind::network},
        {"sshfs#joe@host:", SpecKind::network},
        {"/swapfile", SpecKind::file},
        {"none", SpecKind::pseudo},
        {"tmpfs", SpecKind::pseudo},
        {"rpool/data", SpecKind::other},
    };
    for (const auto& [spec, kind] : kinds) {
        INFO(spec);
        CHECK(name_of(spec_kind(spec, "auto")) == name_of(kind));
    }
    CHECK(spec_kind("/dev/shm", "tmpfs") == SpecKind::pseudo);
    CHECK(spec_kind("gv0", "glusterfs") == SpecKind::network);
    CHECK(only("/dev/hdc /c udf,iso9660 noauto").is_optical());
    CHECK(only("/dev/sdb1 /c ext4 x-systemd.automount").is_on_demand());
}

/// What the collection of real files says of one fstab, in its own terms.
nlohmann::json facts_of(const Fstab& fstab) {
    nlohmann::json facts = {{"entry_count", fstab.entries().size()},
                            {"malformed_line_numbers", fstab.malformed_lines()},
                            {"has_root_entry", false},
                            {"root_fstype", nullptr},
                            {"root_spec", nullptr},
                            {"root_spec_kind", nullptr}};
    for (const char* list :
         {"kernel_name_specs", "kernel_name_specs_mounted_at_boot", "line_numbers_without_options",
          "mount_points", "network_mounts", "optical_mounts", "swap_specs"})
        facts[list] = nlohmann::json::array();
    for (const auto& entry : fstab.entries()) {
        if (entry.mount_point == "/") {
            facts["has_root_entry"] = true;
            facts["root_fstype"] = entry.type;
            facts["root_spec"] = entry.spec;
            facts["root_spec_kind"] = name_of(entry.kind);
        }
        if (entry.kind == SpecKind::kernel_name) {
            facts["kernel_name_specs"].push_back(entry.spec);
            if (!entry.has_option("noauto"))
                facts["kernel_name_specs_mounted_at_boot"].push_back(entry.spec);
        }
        if (entry.options.empty()) facts["line_numbers_without_options"].push_back(entry.line);
        if (entry.is_network()) facts["network_mounts"].push_back(entry.mount_point);
        if (entry.is_optical()) facts["optical_mounts"].push_back(entry.mount_point);
        facts[entry.is_swap() ? "swap_specs" : "mount_points"].push_back(
            entry.is_swap() ? entry.spec : entry.mount_point);
    }
    return facts;
}

TEST_CASE("fstab: real files say what the collection says, and come back byte for byte") {
    for (const auto& fixture : fixtures_of_kind("fstab")) {
        INFO(fixture.name);
        auto fstab = Fstab::parse(fixture.text);
        CHECK(fstab.text() == fixture.text);
        const auto facts = facts_of(fstab);
        for (const auto& [name, value] : facts.items()) {
            INFO(name);
            CHECK(value == fixture.expected[name]);
        }
        // Setting each field to what it is leaves all others alone.
        const auto original = Fstab::parse(fixture.text);
        for (const auto& entry : original.entries()) {
            REQUIRE(fstab.set_spec(entry.line, "UUID=changed"));
            REQUIRE(fstab.set_spec(entry.line, entry.spec));
        }
        for (std::size_t i = 0; i < original.entries().size(); ++i)
            CHECK(fstab.entries()[i].shown() == original.entries()[i].shown());
    }
}

}  // namespace
}  // namespace guestprep
