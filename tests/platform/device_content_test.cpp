// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/device_content.h"

#include "platform/any/first_sector.h"

#include <unistd.h>

#include <cstdio>
#include <memory>

#include "tests/support/catch.h"

namespace guestprep {
namespace {

/// A disk image of 4 MiB in a file without a name.
class Image {
public:
    Image() : file_(std::tmpfile(), &std::fclose) {
        REQUIRE(file_);
        REQUIRE(::ftruncate(fd(), 4 << 20) == 0);
    }
    [[nodiscard]] int fd() const { return ::fileno(file_.get()); }
    Image& put(std::string_view bytes, off_t at) {
        REQUIRE(::pwrite(fd(), bytes.data(), bytes.size(), at) ==
                static_cast<ssize_t>(bytes.size()));
        return *this;
    }
    Image& mbr() { return put("\x55\xaa", 510).put("\x78\x56\x34\x12", 440); }
    Image& partition(int slot, char flag, char type, unsigned char start) {
        const char entry[16] = {flag, 0, 0, 0, type, 0, 0, 0, static_cast<char>(start),
                                0,    0, 0, 0, 4,    0, 0};
        return put({entry, sizeof entry}, 446 + 16 * slot);
    }

private:
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

constexpr std::string_view kUuid("\x01\x23\x45\x67\x89\xab\xcd\xef\x01\x23\x45\x67\x89\xab\xcd\xef",
                                 16);

TEST_CASE("device content: an empty device holds nothing") {
    const auto content = read_content(Image().fd(), true);
    CHECK(content.unread.empty());
    CHECK(content.type.empty());
    CHECK(content.table.empty());
    CHECK(content.boot_code.empty());
}

TEST_CASE("device content: swap with UUID and label") {
    const Image image =
        std::move(Image()
                      .put(std::string_view("\1\0\0\0\xff\3\0\0", 8), 1024)  // version 1, last page
                      .put(kUuid, 1024 + 12)
                      .put("swap0", 1024 + 28)
                      .put("SWAPSPACE2", 4086));
    const auto content = read_content(image.fd(), false);
    CHECK(content.type == "swap");
    CHECK(content.usage == "other");
    CHECK(content.uuid == "01234567-89ab-cdef-0123-456789abcdef");
    CHECK(content.label == "swap0");
}

TEST_CASE("device content: LUKS") {
    const Image image = std::move(Image()
                                      .put(std::string_view("LUKS\xba\xbe\0\1", 8), 0)
                                      .put("01234567-89ab-cdef-0123-456789abcdef", 168));
    const auto content = read_content(image.fd(), false);
    CHECK(content.usage == "crypto");
    CHECK(content.type == "crypto_LUKS");
}

TEST_CASE("device content: an MBR with its partitions, active flag and loader") {
    const Image image = std::move(Image()
                                      .mbr()
                                      .put("GRUB ", 384)
                                      .partition(0, '\x80', '\x83', 8)
                                      .partition(1, 0, '\x0b', 128));
    const auto content = read_content(image.fd(), true);
    CHECK(content.table == "dos");
    CHECK(content.boot_code == "grub");
    REQUIRE(content.partitions.size() == 2);
    CHECK(content.partitions[0].number == 1);
    CHECK(content.partitions[0].type == "0x83");
    CHECK(content.partitions[0].active);
    CHECK(content.partitions[0].uuid == "12345678-01");
    CHECK(content.partitions[1].type == "0xb");
    CHECK_FALSE(content.partitions[1].active);

    const auto as_partition = read_content(image.fd(), false);
    CHECK(as_partition.table.empty());
    CHECK(as_partition.boot_code.empty());
}

TEST_CASE("device content: whose boot code it is") {
    CHECK(boot_code_of(std::string(512, '\0')).empty());
    std::string late(440, '\0');
    late += "GRUB";
    CHECK(boot_code_of(late).empty());
    CHECK(boot_code_of(std::string("\xfa\xebLILO\0", 7)) == "lilo");
    CHECK(boot_code_of("Missing operating system. Operating system load error.") == "syslinux");
    CHECK(boot_code_of("Invalid partition table") == "other");
    CHECK(boot_code_of("").empty());
}

TEST_CASE("device content: survives the pipe") {
    DeviceContent content;
    content.usage = "filesystem";
    content.label = "a label\nwith \xff";
    content.table = "gpt";
    content.partitions = {{1, "0x83", "u", "", true}, {15, "0x82", "", "l", false}};
    content.check = {true, false, true, 7, 30, 1'700'000'000, 86400};
    const auto back = unpacked(packed(content));
    CHECK(back.check.is_known);
    CHECK_FALSE(back.check.is_clean);
    CHECK(back.check.has_errors);
    CHECK(back.check.most_mounts == 30);
    CHECK(back.check.last_check == 1'700'000'000);
    CHECK(back.check.check_interval == 86400);
    CHECK(back.usage == content.usage);
    CHECK(back.label == content.label);
    REQUIRE(back.partitions.size() == 2);
    CHECK(back.partitions[0].active);
    CHECK(back.partitions[1].number == 15);
    CHECK(back.partitions[1].label == "l");
    CHECK_FALSE(unpacked("").unread.empty());
    CHECK_FALSE(unpacked("junk").unread.empty());
}

TEST_CASE("device content: what cannot be read says so") {
    CHECK_FALSE(read_content(-1, true).unread.empty());
}

TEST_CASE("device content: what an ext superblock says of checks") {
    std::string block(1024, '\0');
    CHECK_FALSE(check_state_of(block).is_known);
    block[0x38] = '\x53';
    block[0x39] = '\xEF';
    block[0x34] = 5;
    block[0x36] = block[0x37] = '\xFF';  // -1: never
    block[0x3A] = 3;
    block[0x45] = 1;
    const auto state = check_state_of(block);
    CHECK(state.is_known);
    CHECK(state.is_clean);
    CHECK(state.has_errors);
    CHECK(state.mounts == 5);
    CHECK(state.most_mounts == 0);
    CHECK(state.check_interval == 256);
    CHECK_FALSE(check_state_of("short").is_known);
}

}  // namespace
}  // namespace guestprep
