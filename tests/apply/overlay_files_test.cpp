// SPDX-License-Identifier: Apache-2.0
#include "agent/apply/overlay_files.h"

#include "tests/support/catch.h"
#include "tests/support/fake_host.h"

namespace guestprep {
namespace {

std::string text(const FileReader& files, const char* path) {
    const auto read = files.read(GuestPath(path), kConfigLimit);
    return read ? *read : "(" + read.error().message + ")";
}

using Names = std::vector<std::string>;

TEST_CASE("overlay: nothing laid over it is the same guest") {
    FakeFiles files;
    files.file("/etc/a", "1").link("/etc/b", "a").directory("/etc/d");
    const OverlayFiles overlay(files);
    CHECK(text(overlay, "/etc/b") == "1");
    CHECK(*overlay.list(GuestPath("/etc")) == Names{"a", "b", "d"});
    CHECK(overlay.link_info(GuestPath("/etc/b"))->kind == FileKind::link);
    CHECK(overlay.info(GuestPath("/nowhere")).error().code == Errc::not_found);
}

TEST_CASE("overlay: edits, new and removed files are seen by every way of looking") {
    FakeFiles files;
    files.file("/etc/a", "1").file("/etc/gone", "x").link("/etc/b", "a");
    OverlayFiles overlay(files);
    overlay.lay(FileEdit{.path = GuestPath("/etc/b"), .before = "1", .after = "22"});
    overlay.lay(FileEdit{.path = GuestPath("/etc/gone"), .before = "x", .after = {}});
    overlay.lay(FileEdit{.path = GuestPath("/etc/new/deep/f"), .before = {}, .after = "n"});
    CHECK(text(overlay, "/etc/a") == "22");
    CHECK(overlay.info(GuestPath("/etc/a"))->size == 2);
    CHECK(overlay.read(GuestPath("/etc/gone"), 9).error().code == Errc::not_found);
    CHECK(text(overlay, "/etc/new/deep/f") == "n");
    CHECK(overlay.is_directory(GuestPath("/etc/new")));
    CHECK(*overlay.list(GuestPath("/etc")) == Names{"a", "b", "new"});
    CHECK(*overlay.list(GuestPath("/etc/new")) == Names{"deep"});
    CHECK(overlay.resolve(GuestPath("/etc/b"))->str() == "/etc/a");
    CHECK(overlay.read(GuestPath("/etc/a"), 1).error().code == Errc::too_large);
}

TEST_CASE("overlay: links are made, changed and removed; modes are laid over") {
    FakeFiles files;
    files.file("/etc/a", "1").file("/lib/unit", "[Unit]").link("/etc/mask", "/dev/null");
    OverlayFiles overlay(files);
    overlay.lay(LinkEdit{GuestPath("/etc/wants/unit"), std::nullopt, "/lib/unit"});
    overlay.lay(LinkEdit{GuestPath("/etc/mask"), "/dev/null", std::nullopt});
    overlay.lay(ModeEdit{GuestPath("/etc/a"), {0644, 0, 0}, {0600, 5, 6}});
    CHECK(text(overlay, "/etc/wants/unit") == "[Unit]");
    CHECK(overlay.link(GuestPath("/etc/wants/unit")) == "/lib/unit");
    CHECK(overlay.link_info(GuestPath("/etc/mask")).error().code == Errc::not_found);
    CHECK(overlay.info(GuestPath("/etc/a"))->permissions == 0600);
    CHECK(overlay.info(GuestPath("/etc/a"))->uid == 5);
    overlay.lay(FileEdit{.path = GuestPath("/etc/a"), .before = "1", .after = "2"});
    CHECK(overlay.info(GuestPath("/etc/a"))->permissions == 0600);
}

TEST_CASE("overlay: a loop of laid links ends") {
    FakeFiles files;
    files.directory("/etc");
    OverlayFiles overlay(files);
    overlay.lay(LinkEdit{GuestPath("/etc/a"), std::nullopt, "b"});
    overlay.lay(LinkEdit{GuestPath("/etc/b"), std::nullopt, "a"});
    CHECK_FALSE(overlay.read(GuestPath("/etc/a"), 9));
}

}  // namespace
}  // namespace guestprep
