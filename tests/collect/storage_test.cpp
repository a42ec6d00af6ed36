// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/collect.h"
#include "agent/facts/facts_json.h"
#include "tests/support/catch.h"
#include "tests/support/fake_host.h"

namespace guestprep {
namespace {

StorageFacts collected(const FakeHost& fake) {
    Facts facts;
    collect_storage(fake.host(), facts);
    return facts.storage;
}

TEST_CASE("storage: fstab without its secrets, and the text kept for an editor") {
    FakeHost fake;
    const std::string text = "# pass=geheim\n//nas/x /m cifs password=geheim 0 0\nshort\r\n";
    fake.files.file("/etc/fstab", text);
    const auto storage = collected(fake);
    REQUIRE(storage.fstab);
    REQUIRE(storage.fstab->entries.size() == 1);
    CHECK(storage.fstab->entries[0].options == std::vector<std::string>{"password=(hidden)"});
    CHECK(storage.fstab->malformed_lines == std::vector<std::size_t>{3});
    CHECK(storage.fstab->has_crlf);
    CHECK(storage.fstab->text == text);

    Facts facts;
    facts.storage = storage;
    CHECK(facts_to_json(facts).find("geheim") == std::string::npos);
}

TEST_CASE("storage: each way in which there is no fstab to judge") {
    FakeHost fake;
    CHECK(collected(fake).fstab.is_absent());
    fake.files.directory("/etc/fstab");
    CHECK(collected(fake).fstab.error().code == Errc::wrong_type);
    fake.files.link("/etc/fstab", "/mnt/other/etc/fstab");
    CHECK(collected(fake).fstab.error().message ==
          "/etc/fstab: is a link to /mnt/other/etc/fstab, which is not there");
    fake.files.special("/etc/fstab", FileKind::fifo);
    CHECK(collected(fake).fstab.error().code == Errc::wrong_type);
    fake.files.file("/etc/fstab", std::string("/\0d\0e\0v\0", 8));
    CHECK(collected(fake).fstab.error().code == Errc::bad_syntax);
    fake.files.file("/etc/fstab", std::string(9 << 20, 'x'));
    CHECK(collected(fake).fstab.error().code == Errc::too_large);
    fake.files.file("/etc/fstab", "LABEL=x\xff / ext4\n");
    CHECK_FALSE(collected(fake).fstab->is_utf8);
    fake.files.file("/etc/fstab", "");
    CHECK(collected(fake).fstab->entries.empty());
    fake.files.deny("/etc/fstab");
    CHECK(collected(fake).fstab.error().code == Errc::access_denied);
}

TEST_CASE("storage: swap files that are not there, as far as that can be told") {
    FakeHost fake;
    fake.files.file("/etc/fstab",
                    "/swap1 none swap\n/swap2 none swap\n/data/swap none swap\n"
                    "/img /i iso9660 noauto\nUUID=1 /data ext4\n");
    fake.files.file("/swap2", "x");
    CHECK(collected(fake).fstab->missing_files == std::vector<std::string>{"/swap1", "/data/swap"});
    fake.running = false;
    CHECK(collected(fake).fstab->missing_files == std::vector<std::string>{"/swap1"});
}

TEST_CASE("storage: mountinfo first, the old table with numbers from the directories else") {
    FakeHost fake;
    fake.files.file("/proc/mounts",
                    "rootfs / rootfs rw 0 0\n/dev/root / ext3 rw 0 0\n"
                    "/dev/sdb1 /data ext3 rw 0 0\n");
    fake.files.directory("/data").on_device("/data", 0x811);
    auto mounts = collected(fake).mounts;
    REQUIRE(mounts);
    REQUIRE(mounts->size() == 2);
    CHECK(mounts->at(0).source == "/dev/root");
    CHECK(mounts->at(1).number == "8:17");
    fake.files.file("/proc/self/mountinfo", "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n");
    mounts = collected(fake).mounts;
    REQUIRE(mounts->size() == 1);
    CHECK(mounts->at(0).number == "8:1");
    fake.running = false;
    CHECK(collected(fake).mounts.error().code == Errc::unsupported);
}

TEST_CASE("storage: space by directory, told apart by file system") {
    FakeHost fake;
    fake.files.file("/proc/self/mountinfo",
                    "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 8:2 / /var rw - ext4 /dev/sda2 rw\n"
                    "3 1 0:9 / /tmp rw - tmpfs tmpfs rw\n");
    for (const char* path : {"/etc", "/tmp", "/usr", "/var"}) fake.files.directory(path);
    fake.files.on_device("/var", 2).on_device("/tmp", 3);
    for (const char* path : {"/", "/etc", "/tmp", "/usr"})
        fake.files.has_space(path, {.free_bytes = 10, .total_bytes = 20});
    fake.files.has_space("/var",
                         {.free_bytes = 5, .total_bytes = 7, .free_inodes = 1, .total_inodes = 9});
    const auto space = collected(fake).space;
    CHECK(space.at("/")->free_bytes == 10);
    CHECK(space.at("/etc")->mount_point == "/");
    CHECK(space.at("/var")->mount_point == "/var");
    CHECK(space.at("/var")->free_inodes == 1);
    CHECK_FALSE(space.contains("/tmp"));   // in memory
    CHECK_FALSE(space.contains("/boot"));  // not there
}

TEST_CASE("storage: the space of a file system that is not mounted is not the root's") {
    FakeHost fake;
    fake.running = false;
    fake.files.file("/etc/fstab", "UUID=1 / ext4\nUUID=2 /boot ext4\n").directory("/boot");
    fake.files.has_space("/", {.free_bytes = 10}).has_space("/boot", {.free_bytes = 10});
    const auto space = collected(fake).space;
    CHECK(space.at("/"));
    CHECK_FALSE(space.at("/boot"));
    CHECK(space.at("/boot").error().code == Errc::unsupported);
}

TEST_CASE("storage: the device that an initramfs resumes from") {
    FakeHost fake;
    CHECK(collected(fake).resume.is_absent());
    fake.files.file("/etc/initramfs-tools/conf.d/resume", "# RESUME=a\n RESUME=UUID=b\n");
    CHECK(*collected(fake).resume == "UUID=b");
    fake.files.file("/etc/initramfs-tools/conf.d/resume", "RESUME=\"UUID=c\" # swap\n");
    CHECK(*collected(fake).resume == "UUID=c");
    fake.files.file("/etc/initramfs-tools/conf.d/resume", "# nothing\n");
    CHECK(collected(fake).resume.is_absent());
}

TEST_CASE("storage: crypttab and swaps") {
    FakeHost fake;
    fake.files.file("/proc/swaps",
                    "Filename Type Size Used Priority\n/dev/dm-1 partition 1 0 -2\n"
                    "/swap\\040file file 1 0 -3\n");
    auto storage = collected(fake);
    CHECK(storage.crypttab->empty());
    CHECK(*storage.swaps == std::vector<std::string>{"/dev/dm-1", "/swap file"});
    fake.files.file("/etc/crypttab", "luks UUID=1 none\n").deny("/proc/swaps");
    storage = collected(fake);
    CHECK(storage.crypttab->size() == 1);
    CHECK(storage.swaps.error().code == Errc::access_denied);
    fake.files.deny("/etc/crypttab");
    CHECK_FALSE(collected(fake).crypttab);
}

}  // namespace
}  // namespace guestprep
