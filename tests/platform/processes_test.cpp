// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/processes.h"

#include <sys/wait.h>

#include <cerrno>

#include "agent/core/text.h"
#include "tests/support/catch.h"
#include "tests/support/temp_directory.h"

namespace guestprep {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

Result<CommandOutput> shell(std::string script, std::chrono::milliseconds timeout = 5s) {
    return LinuxProcesses().run({.argv = {"sh", "-c", std::move(script)}, .timeout = timeout});
}

TEST_CASE("processes: output, errors and exit code are told apart") {
    const auto ran = shell("echo out; echo err >&2; exit 3");
    REQUIRE(ran);
    CHECK(ran->out == "out\n");
    CHECK(ran->err == "err\n");
    CHECK(ran->exit_code == 3);
}

TEST_CASE("processes: words reach the program as they are") {
    const auto ran = LinuxProcesses().run({.argv = {"printf", "%s|", "a b", "$HOME;`x`", ""}});
    REQUIRE(ran);
    CHECK(ran->out == "a b|$HOME;`x`||");
}

TEST_CASE("processes: the environment is fixed and standard input is empty") {
    const auto ran = shell("cat; echo $LC_ALL $PATH $HOME");
    REQUIRE(ran);
    CHECK(ran->out == "C /usr/sbin:/usr/bin:/sbin:/bin /\n");
}

TEST_CASE("processes: a missing program is not found") {
    for (const std::string name : {"no-such-program-here", "", "./sh", "/no/such", "bin/sh"}) {
        INFO(name);
        const auto ran = LinuxProcesses().run({.argv = {name}});
        REQUIRE_FALSE(ran);
        CHECK(ran.error().code == Errc::not_found);
    }
    CHECK_FALSE(LinuxProcesses().run({}));
}

TEST_CASE("processes: one that hangs is killed with its children") {
    const auto ran = shell("sleep 60 & sleep 60", 200ms);
    REQUIRE_FALSE(ran);
    CHECK(ran.error().code == Errc::timed_out);
    // No zombie is left: there is no child to wait for.
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
    CHECK(errno == ECHILD);
}

TEST_CASE("processes: one that ignores the polite signals is killed too") {
    CHECK_FALSE(shell("trap '' TERM INT HUP; while :; do sleep 1; done", 200ms));
}

TEST_CASE("processes: endless output ends at the limit") {
    const auto ran = LinuxProcesses().run({.argv = {"yes"}, .timeout = 5s, .most_output = 100'000});
    REQUIRE_FALSE(ran);
    CHECK(ran.error().code == Errc::too_large);
}

TEST_CASE("processes: more output than a pipe holds arrives whole") {
    const auto ran = shell("head -c 500000 /dev/zero; head -c 300000 /dev/zero >&2");
    REQUIRE(ran);
    CHECK(ran->out.size() == 500'000);
    CHECK(ran->err.size() == 300'000);
}

TEST_CASE("processes: a grandchild that keeps the pipe does not keep us") {
    const auto ran = shell("echo started; setsid sleep 20 & exit 0", 5s);
    REQUIRE(ran);
    CHECK(ran->out == "started\n");
    CHECK(ran->exit_code == 0);
}

TEST_CASE("processes: a program that closes its output early is waited for") {
    const auto ran = shell("exec >&- 2>&-; sleep 0.2; exit 7");
    REQUIRE(ran);
    CHECK(ran->exit_code == 7);
}

TEST_CASE("processes: one that a signal ended says which") {
    const auto ran = shell("kill -9 $$");
    REQUIRE(ran);
    CHECK(ran->exit_code == 137);
}

/// A directory with a shell and what that is linked with.
void put_small_system(const TempDirectory& root) {
    for (const auto* folder : {"bin", "proc", "sys", "dev", "etc"})
        fs::create_directories(root.path() / folder);
    const auto linked = LinuxProcesses().run({.argv = {"ldd", "/bin/sh"}});
    REQUIRE(linked);
    auto files = std::vector<std::string>{"/bin/sh"};
    for (const auto word : words_of(linked->out))
        if (word.starts_with('/')) files.emplace_back(word);
    for (const auto& file : files) {
        const auto place = root.path() / file.substr(1);
        fs::create_directories(place.parent_path());
        fs::copy_file(fs::canonical(file), place, fs::copy_options::skip_existing);
    }
}

TEST_CASE("processes: in a directory, with the machine's own file systems for as long") {
    const TempDirectory root;
    put_small_system(root);
    const ProcessesIn inside(root.path().string());
    const auto run = [&](std::string script) {
        return inside.run({.argv = {"sh", "-c", std::move(script)}});
    };
    const auto ran = run("echo here > /etc/made; test -e /proc/self/stat && echo $PATH");
    REQUIRE(ran);
    if (ran->err.find("not permitted") != std::string::npos) {
        WARN("not tried: this takes the right to mount: " << ran->err);
        return;
    }
    INFO(ran->err);
    CHECK(ran->exit_code == 0);
    CHECK(ran->out == "/usr/sbin:/usr/bin:/sbin:/bin\n");
    CHECK(fs::exists(root.path() / "etc/made"));
    CHECK(fs::is_empty(root.path() / "proc"));
    CHECK(fs::is_empty(root.path() / "dev"));
    CHECK(inside.run({.argv = {"no-such-program"}})->exit_code == 127);

    // A guest that has put a link where the kernel's files belong.
    fs::remove(root.path() / "proc");
    fs::create_directory_symlink("/etc", root.path() / "proc");
    const auto refused = run("true");
    REQUIRE(refused);
    CHECK(refused->exit_code == 127);
    CHECK(refused->err == "cannot mount /proc: failed");
}

TEST_CASE("processes: in a directory that holds no system") {
    const TempDirectory empty;
    const auto ran = ProcessesIn(empty.path().string()).run({.argv = {"true"}});
    REQUIRE(ran);
    CHECK(ran->exit_code == 127);
    CHECK_FALSE(ProcessesIn(empty.path().string()).run({}));
}

}  // namespace
}  // namespace guestprep
