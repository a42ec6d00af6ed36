// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/rooted_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/catch.h"
#include "tests/support/fake_host.h"
#include "tests/support/temp_directory.h"

namespace guestprep {
namespace {

namespace fs = std::filesystem;

/// The same small guest, on disk and in memory: what one reader says the other must say too.
struct TwoGuests {
    TempDirectory outer;
    std::unique_ptr<RootedFiles> disk;
    FakeFiles memory;

    TwoGuests() {
        const auto root = outer.path() / "root";
        outer.file("secret", "outside");
        outer.file("root/etc/fstab", "inside\n");
        outer.file("root/etc/empty", "");
        fs::create_directories(root / "dir/sub");
        const auto link = [&](const char* name, const std::string& target) {
            fs::create_symlink(target, root / std::string_view(name).substr(1));
            memory.link(name, target);
        };
        memory.file("/etc/fstab", "inside\n").file("/etc/empty", "").directory("/dir/sub");
        link("/absolute", "/etc/fstab");
        link("/relative", "etc/fstab");
        link("/escape", "../../../../../../secret");
        link("/absolute_escape", (outer.path() / "secret").string());
        link("/up", "dir/sub/../../etc/fstab");
        link("/loop", "/loop2");
        link("/loop2", "/loop");
        link("/dangling", "/nowhere");
        link("/etc_link", "/etc");
        link("/dir/parent", "..");
        ::mkfifo((root / "fifo").c_str(), 0644);
        memory.special("/fifo", FileKind::fifo);
        disk = std::move(*RootedFiles::at(root.string()));
    }
};

std::string said(const FileReader& files, const char* path) {
    const auto text = files.read(GuestPath(path), kConfigLimit);
    if (text) return *text;
    return "error " + std::to_string(static_cast<int>(text.error().code));
}

TEST_CASE("files: links resolve inside the guest, on disk as in memory") {
    const TwoGuests guests;
    for (const auto* path :
         {"/etc/fstab", "/etc/empty", "/absolute", "/relative", "/up", "/etc_link/fstab",
          "/dir/parent/etc/fstab", "/dir/parent/dir/parent/absolute", "/escape", "/absolute_escape",
          "/loop", "/dangling", "/nowhere", "/etc", "/fifo", "/etc/fstab/x"}) {
        INFO(path);
        CHECK(said(*guests.disk, path) == said(guests.memory, path));
        CHECK(said(*guests.disk, path) != "outside");
        const auto real = guests.disk->resolve(GuestPath(path));
        const auto other = guests.memory.resolve(GuestPath(path));
        CHECK(real.has_value() == other.has_value());
        if (real && other) CHECK(real->str() == other->str());
    }
    CHECK(said(*guests.disk, "/absolute") == "inside\n");
    CHECK(said(*guests.disk, "/dir/parent/etc/fstab") == "inside\n");
}

TEST_CASE("files: what is not a file is refused without being opened") {
    const TwoGuests guests;
    const auto fifo = guests.disk->read(GuestPath("/fifo"), kConfigLimit);
    REQUIRE_FALSE(fifo);
    CHECK(fifo.error().code == Errc::wrong_type);
    CHECK(fifo.error().message == "/fifo: is a FIFO, not a file");
    const auto directory = guests.disk->read(GuestPath("/etc"), kConfigLimit);
    REQUIRE_FALSE(directory);
    CHECK(directory.error().message == "/etc: is a directory, not a file");
}

TEST_CASE("files: info tells a link from what it leads to, lists are sorted") {
    const TwoGuests guests;
    for (const FileReader* files : {static_cast<const FileReader*>(guests.disk.get()),
                                    static_cast<const FileReader*>(&guests.memory)}) {
        CHECK(files->info(GuestPath("/absolute"))->kind == FileKind::regular);
        CHECK(files->link_info(GuestPath("/absolute"))->kind == FileKind::link);
        CHECK(*files->link(GuestPath("/absolute")) == "/etc/fstab");
        CHECK(*files->list(GuestPath("/etc_link")) == std::vector<std::string>{"empty", "fstab"});
        CHECK_FALSE(files->info(GuestPath("/dangling")));
        CHECK(files->link_info(GuestPath("/dangling")));
        CHECK(files->is_directory(GuestPath("/")));
        CHECK_FALSE(files->list(GuestPath("/etc/fstab")));
    }
}

TEST_CASE("files: more than the limit is refused, not swallowed") {
    const TwoGuests guests;
    const auto text = guests.disk->read(GuestPath("/etc/fstab"), 3);
    REQUIRE_FALSE(text);
    CHECK(text.error().code == Errc::too_large);
}

TEST_CASE("files: a directory that is removed and made again is the new one") {
    const TwoGuests guests;
    const auto root = guests.outer.path() / "root";
    guests.outer.file("root/dir/sub/a", "old");
    CHECK(said(*guests.disk, "/dir/sub/a") == "old");
    fs::remove_all(root / "dir");
    CHECK_FALSE(guests.disk->info(GuestPath("/dir/sub/a")));
    guests.outer.file("root/dir/sub/a", "new");
    CHECK(said(*guests.disk, "/dir/sub/a") == "new");
    // A directory that becomes a link, and the other way round.
    fs::remove_all(root / "dir");
    fs::create_symlink("/etc", root / "dir");
    CHECK(said(*guests.disk, "/dir/fstab") == "inside\n");
    fs::remove(root / "dir");
    guests.outer.file("root/dir/fstab", "own");
    CHECK(said(*guests.disk, "/dir/fstab") == "own");
}

TEST_CASE("files: a root that is none") {
    CHECK(RootedFiles::at("/does/not/exist").error().code == Errc::not_found);
    const TempDirectory directory;
    CHECK_FALSE(RootedFiles::at(directory.file("file", "")));
}

}  // namespace
}  // namespace guestprep
