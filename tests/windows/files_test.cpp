// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/files.h"
#include "platform/windows/file_writer.h"

#include <windows.h>

#include <algorithm>

#include "platform/windows/wide_text.h"
#include "tests/support/catch.h"
#include "tests/windows/here.h"

namespace guestprep {
namespace {

/// A folder below the tests', empty at first.
class Folder {
public:
    Folder() : name_(L"\\\\?\\" + test_folder() + L"\\files-" + std::to_wstring(++count)) {
        REQUIRE(::CreateDirectoryW(name_.c_str(), nullptr) != FALSE);
    }
    void make_folder(const std::wstring& name) const {
        const auto whole = name_ + L"\\" + name;
        REQUIRE(::CreateDirectoryW(whole.c_str(), nullptr) != FALSE);
    }
    std::wstring write(const std::wstring& name, std::string_view text) const {
        const auto whole = name_ + L"\\" + name;
        const HANDLE file =
            ::CreateFileW(whole.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_NEW, 0, nullptr);
        REQUIRE(file != INVALID_HANDLE_VALUE);
        DWORD n = 0;
        ::WriteFile(file, text.data(), static_cast<DWORD>(text.size()), &n, nullptr);
        ::CloseHandle(file);
        return whole;
    }
    /// "/C:/tests/files-1"
    [[nodiscard]] GuestPath path() const {
        auto text = "/" + narrow(name_.substr(4));
        std::ranges::replace(text, '\\', '/');
        return GuestPath(text);
    }

private:
    static inline int count = static_cast<int>(::GetTickCount() % 100'000);
    std::wstring name_;
};

TEST_CASE("files: read whole, in pieces, and not more than is wanted") {
    const Folder folder;
    const WindowsFiles files;
    const std::string text("a\r\nb\0\x1a c\n", 9);
    folder.write(L"some file.txt", text);
    const auto path = folder.path() / "some file.txt";
    const auto read = files.read(path, kConfigLimit);
    REQUIRE(read);
    CHECK(*read == text);
    CHECK(files.files_read() == 1);
    const auto most = files.read(path, 8);
    REQUIRE_FALSE(most);
    CHECK(most.error().code == Errc::too_large);

    auto source = files.open(path);
    REQUIRE(source);
    std::array<std::byte, 6> buffer{};
    REQUIRE((*source)->read(buffer));
    const auto rest = (*source)->read(buffer);
    REQUIRE(rest);
    CHECK(*rest == 3);
    CHECK((*source)->read(buffer) == 0U);
}

TEST_CASE("files: names of any language and paths of any length") {
    const Folder folder;
    const WindowsFiles files;
    std::wstring deep = L"Größe";
    folder.make_folder(deep);
    auto path = folder.path() / "Größe";
    for (int i = 0; i < 8; ++i) {
        deep += L"\\" + std::wstring(60, L'木');
        folder.make_folder(deep);
        path = path / narrow(std::wstring(60, L'木'));
    }
    folder.write(deep + L"\\\U0001F600.ini", "found");
    CHECK(path.str().size() > 1000);
    CHECK(files.list(path) == std::vector<std::string>{"😀.ini"});
    CHECK(files.read(path / "😀.ini", 100) == "found");
    CHECK(files.info(path / "😀.ini")->size == 5);
    CHECK(files.is_directory(path));
}

TEST_CASE("files: what is there, and of what kind") {
    const Folder folder;
    const WindowsFiles files;
    folder.write(L"file", "12345");
    folder.make_folder(L"folder");
    folder.make_folder(L"empty");
    folder.write(L"folder\\b", "");
    folder.write(L"folder\\A", "");

    const auto file = files.info(folder.path() / "FILE");
    REQUIRE(file);
    CHECK(file->kind == FileKind::regular);
    CHECK(file->size == 5);
    CHECK(file->modified > 1'500'000'000);
    CHECK(files.link_info(folder.path() / "folder")->kind == FileKind::directory);
    CHECK(files.list(folder.path() / "folder") == std::vector<std::string>{"A", "b"});
    CHECK(files.list(folder.path() / "empty") == std::vector<std::string>{});

    const auto code_of = [](const auto& result) { return result.error().code; };
    CHECK(code_of(files.read(folder.path() / "none", 1)) == Errc::not_found);
    CHECK(code_of(files.read(folder.path() / "file" / "below", 1)) == Errc::not_found);
    CHECK(code_of(files.read(folder.path() / "folder", 1)) == Errc::wrong_type);
    CHECK(code_of(files.list(folder.path() / "file")) == Errc::wrong_type);
    CHECK(code_of(files.link(folder.path() / "file")) == Errc::wrong_type);
    CHECK(files.read(folder.path() / "none", 1).error().message.find("none") != std::string::npos);
}

TEST_CASE("files: names that would mean something else to Windows are not there") {
    const Folder folder;
    const WindowsFiles files;
    folder.write(L"file", "12345");
    for (const char* name :
         {"file:stream", "file::$DATA", "..\\file", "fil*", "fil?", "f<", "a|b"}) {
        INFO(name);
        const auto found = files.info(folder.path() / name);
        REQUIRE_FALSE(found);
        CHECK(found.error().code == Errc::not_found);
    }
    // A device in every folder elsewhere, an ordinary name here.
    CHECK(files.info(folder.path() / "NUL").error().code == Errc::not_found);
}

TEST_CASE("files: a path without a drive is on the drive that holds Windows") {
    const WindowsFiles files;
    const auto resolved = files.resolve(GuestPath("/windows/system32"));
    REQUIRE(resolved);
    CHECK(resolved->str() == "/C:/windows/system32");
    CHECK(files.resolve(GuestPath("/c:/windows"))->str() == "/C:/windows");
    CHECK(files.resolve(GuestPath("/"))->str() == "/C:");
    const auto names = files.list(GuestPath("/"));
    REQUIRE(names);
    CHECK(std::ranges::find(*names, "windows") != names->end());
    CHECK(files.list(GuestPath("/C:")) == names);
    CHECK(files.info(GuestPath("/Q:/x")).error().code == Errc::not_found);
}

TEST_CASE("files: System32 is the system's own, also for a 32-bit program") {
    const WindowsFiles files;
    const auto program = files.read(GuestPath("/Windows/System32/reg.exe"), std::size_t{64} << 20);
    REQUIRE(program);
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>((*program)[at]); };
    REQUIRE(program->size() > 0x40);
    const std::size_t header = byte(0x3c) | static_cast<std::size_t>(byte(0x3d)) << 8;
    REQUIRE(program->size() > header + 6);
    CHECK(program->substr(header, 4) == std::string("PE\0\0", 4));
    // Machine: x86-64.
    CHECK((byte(header + 4) | byte(header + 5) << 8) == 0x8664);
}

TEST_CASE("files: one that another program has for itself is known and cannot be read") {
    const Folder folder;
    const WindowsFiles files;
    const auto name = folder.write(L"mine", "12345");
    const HANDLE held = ::CreateFileW(name.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr,
                                      OPEN_EXISTING, 0, nullptr);
    REQUIRE(held != INVALID_HANDLE_VALUE);
    const auto read = files.read(folder.path() / "mine", 100);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == Errc::access_denied);
    CHECK(read.error().message.find("in use") != std::string::npos);
    const auto info = files.info(folder.path() / "mine");
    REQUIRE(info);
    CHECK(info->size == 5);
    ::CloseHandle(held);
    CHECK(files.read(folder.path() / "mine", 100));
}

TEST_CASE("files: one that may not be written to is replaced, and stays as guarded as it was") {
    const Folder folder;
    const auto name = folder.write(L"guarded.ini", "old");
    const auto path = folder.path() / "guarded.ini";
    WindowsFileWriter writer;
    constexpr DWORD kGuard =
        FILE_ATTRIBUTE_READONLY | FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM;
    REQUIRE(::SetFileAttributesW(name.c_str(), kGuard) != FALSE);
    const auto replaced = writer.replace(path, "new");
    INFO((replaced ? "" : replaced.error().message));
    REQUIRE(replaced);
    CHECK(WindowsFiles().read(path, 100) == "new");
    CHECK((::GetFileAttributesW(name.c_str()) & FILE_ATTRIBUTE_READONLY) != 0);
}

TEST_CASE("files: a partition that cannot be looked at is not one without files") {
    const auto info = WindowsFiles().info(GuestPath("/Harddisk99Partition9/bootmgr"));
    REQUIRE_FALSE(info);
    CHECK(info.error().code != Errc::not_found);
    // No name of a partition: a folder of the system drive, which is not there.
    CHECK(WindowsFiles().info(GuestPath("/Harddisk1Partition")).error().code == Errc::not_found);
}

TEST_CASE("files: a drive has space") {
    const auto space = WindowsFiles().space(GuestPath("/Windows/System32/reg.exe"));
    REQUIRE(space);
    CHECK(space->total_bytes > space->free_bytes);
    CHECK(space->free_bytes > 0);
    CHECK_FALSE(space->read_only);
}

}  // namespace
}  // namespace guestprep
