// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/initramfs.h"

#include <algorithm>
#include <cstring>

#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

/// Hands out few bytes at a time, as a slow pipe would.
class Pieces final : public ByteSource {
public:
    Pieces(std::string text, std::size_t most) : text_(std::move(text)), most_(most) {}
    Result<std::size_t> read(std::span<std::byte> buffer) override {
        const auto n = std::min({buffer.size(), text_.size() - at_, most_});
        std::memcpy(buffer.data(), text_.data() + at_, n);
        at_ += n;
        return n;
    }

private:
    std::string text_;
    std::size_t most_, at_ = 0;
};

Result<InitramfsNames> names_of(std::string image, std::size_t piece = 1 << 20,
                                const InitramfsLimits& limits = {}) {
    Pieces source(std::move(image), piece);
    return read_initramfs_names(source, limits);
}

std::string image(const std::string& name) { return own_fixture("boot/" + name + ".img"); }

constexpr const char* kOfMain[] = {"plain", "gzip", "bzip2",      "lzma",       "xz",
                                   "zstd",  "lz4",  "lz4-legacy", "early-zstd", "early-lz4-legacy"};

TEST_CASE("initramfs: every compression gives the same names, in pieces of any size") {
    for (const std::string name : kOfMain)
        for (const std::size_t piece : {std::size_t{1} << 20, std::size_t{1000}, std::size_t{1}}) {
            INFO(name << " by " << piece);
            const auto names = names_of(image(name), piece);
            REQUIRE(names);
            const bool early = name.starts_with("early");
            CHECK(names->files == (early ? 9 : 8));
            CHECK(names->parts.size() == (early ? 2 : 1));
            REQUIRE(names->modules.size() == 3);
            CHECK(names->modules[0].path ==
                  "usr/lib/modules/6.1.0-28-amd64/kernel/drivers/nvme/host/nvme.ko.xz");
            CHECK(names->modules[0].version == "6.1.0-28-amd64");
            CHECK(names->made_by_dracut);
            CHECK(names->has_lvm_devices_file);
        }
    CHECK(names_of(image("early-zstd"))->parts[1].starts_with("zstd at byte 1"));
}

TEST_CASE("initramfs: archives of several kinds in a row, and the flat images of RHEL 5") {
    const auto three = names_of(image("three"));
    REQUIRE(three);
    CHECK(three->parts.size() == 3);
    CHECK(three->modules.size() == 5);
    const auto flat = names_of(image("nash"));
    REQUIRE(flat);
    CHECK(flat->modules.at(0).path == "lib/xen-vbd.ko");
    CHECK(flat->modules.at(0).version.empty());
    CHECK_FALSE(flat->made_by_dracut);
}

TEST_CASE("initramfs: a truncated image is damaged, wherever it is cut") {
    for (const std::string name : kOfMain) {
        const auto whole = image(name);
        for (const std::size_t part : {4, 3, 2}) {
            // Behind the first archive of several: what is left of that alone would be whole.
            const auto from = name.starts_with("early") ? whole.size() - 200 : 0;
            const auto cut = from + (whole.size() - from) / part;
            INFO(name << " cut at " << cut);
            const auto names = names_of(whole.substr(0, cut));
            REQUIRE_FALSE(names);
            CHECK(names.error().code == Errc::bad_syntax);
            CHECK(names.error().message.find("byte ") != std::string::npos);
        }
    }
}

TEST_CASE("initramfs: a flipped byte is found in what has a checksum") {
    for (const std::string name : {"gzip", "bzip2", "xz", "zstd"}) {
        INFO(name);
        auto broken = image(name);
        broken[broken.size() / 2] = static_cast<char>(broken[broken.size() / 2] ^ 0x5a);
        CHECK_FALSE(names_of(broken));
    }
}

TEST_CASE("initramfs: windows that no image needs are refused") {
    CHECK(names_of(image("wide-xz")).error().code == Errc::unsupported);
    // The byte behind zstd's frame header says how large the window is.
    auto wide = image("zstd");
    REQUIRE((static_cast<unsigned char>(wide[4]) & 0x20U) == 0);
    wide[5] = '\xff';
    CHECK(names_of(wide).error().code == Errc::unsupported);
}

TEST_CASE("initramfs: what is none") {
    CHECK(names_of("").error().code == Errc::bad_syntax);
    CHECK(names_of(std::string(5000, '\0')).error().code == Errc::bad_syntax);
    CHECK(names_of("MZ not an image").error().code == Errc::unsupported);
    CHECK(names_of("\x89LZO\r\n").error().code == Errc::unsupported);
    CHECK(names_of(image("plain") + "junk").error().code == Errc::bad_syntax);
    auto bad = image("plain");
    bad.replace(94, 8, "FFFFFFFF");
    CHECK(names_of(bad).error().code == Errc::bad_syntax);
    bad.replace(94, 8, "0000000x");
    CHECK(names_of(bad).error().code == Errc::bad_syntax);
}

TEST_CASE("initramfs: limits end the reading") {
    CHECK(names_of(image("zstd"), 4096, {.files = 3}).error().code == Errc::too_large);
    CHECK(names_of(image("gzip"), 4096, {.bytes = 1000}).error().code == Errc::too_large);
    CHECK(names_of(image("xz"), 4096, {.time = std::chrono::milliseconds(-1)}).error().code ==
          Errc::timed_out);
}

}  // namespace
}  // namespace guestprep
