// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/processes.h"

#include <windows.h>

#include "platform/windows/registry.h"
#include "tests/support/catch.h"
#include "tests/windows/here.h"

namespace guestprep {
namespace {

using namespace std::chrono_literals;

Result<CommandOutput> run(std::vector<std::string> words, std::chrono::milliseconds timeout = 20s,
                          std::size_t most = 1 << 20) {
    words.insert(words.begin(), test_program());
    return WindowsProcesses().run({.argv = words, .timeout = timeout, .most_output = most});
}

TEST_CASE("processes: output, errors and exit code are told apart") {
    const auto ran = run({"say", "259"});
    REQUIRE(ran);
    CHECK(ran->out == "out\n");
    CHECK(ran->err.starts_with("err"));
    CHECK(ran->exit_code == 259);  // STILL_ACTIVE: what a careless loop takes for "not yet"
}

TEST_CASE("processes: words reach the program as they are") {
    const std::vector<std::string> words = {"words",  "a b",     "",         "\"",    "a\"b c",
                                            "\\",     "a\\",     "a b\\",    "\\\\",  "a\\\"b",
                                            "%PATH%", "&|<>^ x", "Größe 😀", "\ttab", "a b\\\\"};
    const auto ran = run(words);
    REQUIRE(ran);
    std::string expected;
    for (const auto& word : words) expected += "[" + word + "]";
    CHECK(ran->out == expected);
}

TEST_CASE("processes: the environment is the system's own and standard input is empty") {
    ::SetEnvironmentVariableW(L"GUESTPREP_SECRET", L"x");
    const auto ran = run({"environment"});
    REQUIRE(ran);
    CHECK(ran->out.find("GUESTPREP_SECRET") == std::string::npos);
    CHECK(ran->out.find("SystemRoot=") != std::string::npos);
    CHECK(ran->out.find("PATH=C:\\windows;C:\\windows\\system32;") != std::string::npos);
    CHECK(run({"input"})->out == "nothing");
}

TEST_CASE("processes: a name leads to the system's folders only, and never to a script") {
    REQUIRE(::SetCurrentDirectoryW(test_folder().c_str()) != FALSE);
    const HANDLE script = ::CreateFileW((test_folder() + L"\\script.bat").c_str(), GENERIC_WRITE, 0,
                                        nullptr, CREATE_ALWAYS, 0, nullptr);
    ::CloseHandle(script);
    for (const std::string& name :
         {std::string("no-such-program-here"), std::string(), std::string("guestprep_test_program"),
          std::string(".\\guestprep_test_program.exe"), std::string("C:guestprep_test_program"),
          std::string("C:\\no\\such.exe"), narrow(test_folder()) + "\\script.bat",
          std::string("..\\system32\\reg.exe")}) {
        INFO(name);
        const auto ran = WindowsProcesses().run({.argv = {name}});
        REQUIRE_FALSE(ran);
        CHECK(ran.error().code == Errc::not_found);
    }
    CHECK_FALSE(WindowsProcesses().run({}));
}

TEST_CASE("processes: the system's programs are those of its own bitness") {
    // reg.exe sees the registry as its own bitness does.
    WindowsRegistryWriter writer;
    const std::string key = "HKLM\\SOFTWARE\\guestprep-bitness";
    REQUIRE(writer.set(key, "which", {RegistryType::dword, std::string("\7\0\0\0", 4)}));
    const auto ran =
        WindowsProcesses().run({.argv = {"reg", "query", key, "/v", "which"}, .timeout = 20s});
    CHECK(writer.remove_value(key, "which"));
    CHECK(writer.remove_empty_key(key));
    REQUIRE(ran);
    CHECK(ran->exit_code == 0);
    CHECK(ran->out.find("0x7") != std::string::npos);
}

TEST_CASE("processes: one that hangs is killed with its children") {
    const auto proof = narrow(test_folder()) + "\\child-lived";
    ::DeleteFileW(wide(proof).c_str());
    const auto ran = run({"with-child", "2500", proof}, 1500ms);
    REQUIRE_FALSE(ran);
    CHECK(ran.error().code == Errc::timed_out);
    ::Sleep(2500);
    CHECK(::GetFileAttributesW(wide(proof).c_str()) == INVALID_FILE_ATTRIBUTES);

    // The proof is one: a child that is left alone writes it.
    REQUIRE(run({"write-later", "1", proof}));
    CHECK(::GetFileAttributesW(wide(proof).c_str()) != INVALID_FILE_ATTRIBUTES);
    ::DeleteFileW(wide(proof).c_str());
}

TEST_CASE("processes: a child that stays keeps nobody waiting") {
    const auto ran = run({"leaves-child", "15000"}, 10s);
    REQUIRE(ran);
    CHECK(ran->out == "done");
}

TEST_CASE("processes: too much output is refused, a lot is not") {
    const auto much = run({"flood"}, 60s, std::size_t{11} << 20);
    REQUIRE(much);
    CHECK(much->out.size() == 10'000'000);
    const auto too_much = run({"flood"}, 60s, 1000);
    REQUIRE_FALSE(too_much);
    CHECK(too_much.error().code == Errc::too_large);
}

}  // namespace
}  // namespace guestprep
