// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/processes.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "platform/linux/descriptor.h"

namespace guestprep {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr const char* kSearchPath = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
constexpr std::array<const char*, 4> kFolders = {"/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"};
/// How long output is awaited that a background grandchild might still write.
constexpr milliseconds kGrace{100};
constexpr milliseconds kTick{20};
constexpr int kCannotStart = 127;  // as a shell says it

Result<std::string> found_program(const std::string& name) {
    if (name.starts_with('/')) {
        if (::access(name.c_str(), X_OK) == 0) return name;
    } else if (!name.empty() && name.find('/') == std::string::npos) {
        for (const char* folder : kFolders)
            if (const auto path = folder + name; ::access(path.c_str(), X_OK) == 0) return path;
    }
    return failure(Errc::not_found, name + ": no such program");
}

struct Pipe {
    Descriptor reading, writing;
};

Result<Pipe> make_pipe() {
    std::array<int, 2> ends{};
    // Not pipe2(2): Linux 2.6.18 has none.
    if (::pipe(ends.data()) != 0) return std::unexpected(system_error(errno));
    for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

/// Words as execve(2) wants them.
std::vector<char*> pointers_to(const std::vector<std::string>& words) {
    std::vector<char*> out;
    out.reserve(words.size() + 1);
    for (const auto& word : words) out.push_back(const_cast<char*>(word.c_str()));
    out.push_back(nullptr);
    return out;
}

class SpawnSetup {
public:
    SpawnSetup(int out, int err) {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&actions_, out, 1);
        ::posix_spawn_file_actions_adddup2(&actions_, err, 2);
        ::posix_spawnattr_init(&attributes_);
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setsigdefault(&attributes_, &all);
        ::posix_spawnattr_setpgroup(&attributes_, 0);
        ::posix_spawnattr_setflags(
            &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~SpawnSetup() {
        ::posix_spawn_file_actions_destroy(&actions_);
        ::posix_spawnattr_destroy(&attributes_);
    }
    SpawnSetup(const SpawnSetup&) = delete;
    SpawnSetup& operator=(const SpawnSetup&) = delete;

    Result<pid_t> start(const std::string& program, const std::vector<std::string>& words) {
        const auto argv = pointers_to(words);
        std::array<const char*, 4> environment = {kSearchPath, "LC_ALL=C", "HOME=/", nullptr};
        pid_t process = -1;
        const int trouble = ::posix_spawn(&process, program.c_str(), &actions_, &attributes_,
                                          argv.data(), const_cast<char**>(environment.data()));
        if (trouble != 0) return std::unexpected(system_error(trouble).within(program));
        return process;
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

struct OwnFileSystem {
    const char *place, *deed;
};
constexpr std::array<OwnFileSystem, 3> kOwnFileSystems = {
    {{"/proc", "mount /proc"}, {"/sys", "mount /sys"}, {"/dev", "mount /dev"}}};

/// Where a directory is given: what the child does between fork(2) and execve(2). System calls
/// only: another thread may have held any lock.
class ChildIn {
public:
    ChildIn(const char* root, int out, int err) : root_(root), out_(out), err_(err) {}

    [[noreturn]] void become(const std::vector<std::string>& programs, char* const* argv) {
        ::setpgid(0, 0);
        const int null = ::open("/dev/null", O_RDONLY);
        ::dup2(null, 0);
        ::dup2(out_, 1);
        ::dup2(err_, 2);
        if (!enter()) give_up();
        // Who has found other systems on this machine's disks would put them into the guest's menu.
        std::array<const char*, 5> environment = {kSearchPath, "LC_ALL=C", "HOME=/",
                                                  "GRUB_DISABLE_OS_PROBER=true", nullptr};
        sigset_t none;
        sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        doing_ = "run the program";
        for (const auto& program : programs)
            ::execve(program.c_str(), argv, const_cast<char**>(environment.data()));
        give_up();
    }

private:
    bool enter() {
        doing_ = "leave this mount namespace";
        if (::unshare(CLONE_NEWNS) != 0) return false;
        if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
        doing_ = "enter the directory";
        const int root = ::open(root_, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (root < 0) return false;
        for (const auto& [place, deed] : kOwnFileSystems) {
            doing_ = deed;
            // Not through a link: it could lead anywhere.
            const int fd =
                ::openat(root, place + 1, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            if (fd < 0 || ::fchdir(fd) != 0 ||
                ::mount(place, ".", nullptr, MS_BIND | MS_REC, nullptr) != 0)
                return false;
        }
        doing_ = "change the root";
        return ::fchdir(root) == 0 && ::chroot(".") == 0 && ::chdir("/") == 0;
    }

    [[noreturn]] void give_up() {
        const int code = errno;
        say("cannot ");
        say(doing_);
        say(code == EPERM || code == EACCES ? ": not permitted" : ": failed");
        ::_exit(kCannotStart);
    }
    void say(const char* text) {
        std::size_t length = 0;
        while (text[length] != '\0') ++length;
        (void)!::write(2, text, length);
    }

    const char* root_;
    int out_, err_;
    const char* doing_ = "";
};

/// A started program: collected or killed before it goes out of sight.
class Running {
public:
    explicit Running(pid_t process) : process_(process) {}
    ~Running() {
        if (status_) return;
        ::kill(-process_, SIGKILL);
        // A process asleep in the kernel dies later; waiting for it would be to hang with it.
        for (int i = 0; i < 50 && !has_ended(); ++i) ::usleep(10'000);
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    bool has_ended() {
        int status = 0;
        if (!status_ && ::waitpid(process_, &status, WNOHANG) == process_) status_ = status;
        return status_.has_value();
    }
    /// As a shell says it: 128 and the signal's number for a program that was killed.
    [[nodiscard]] int exit_code() const {
        return WIFEXITED(*status_) ? WEXITSTATUS(*status_) : 128 + WTERMSIG(*status_);
    }

private:
    pid_t process_;
    std::optional<int> status_;
};

/// Reads what is there. False at the end of the output.
bool drain(int fd, std::string& text, std::size_t most) {
    std::array<char, 16384> buffer;
    while (text.size() <= most) {
        const auto n = ::read(fd, buffer.data(), buffer.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno == EAGAIN;
        if (n == 0) return false;
        text.append(buffer.data(), static_cast<std::size_t>(n));
    }
    return true;
}

Result<CommandOutput> collect(Running& running, const Pipe& out, const Pipe& err,
                              const Command& command) {
    CommandOutput output;
    auto deadline = Clock::now() + command.timeout;
    bool ended = false;
    std::array<pollfd, 2> waiting = {
        {{out.reading.get(), POLLIN, 0}, {err.reading.get(), POLLIN, 0}}};
    const auto is_open = [&](std::size_t i) { return waiting[i].fd >= 0; };
    while (is_open(0) || is_open(1) || !ended) {
        if (!ended && running.has_ended()) {
            ended = true;
            // A service that was started keeps the pipe: what it says later is not this output.
            deadline = std::min(deadline, Clock::now() + kGrace);
        }
        if (Clock::now() >= deadline) break;
        const auto pause = is_open(0) || is_open(1) ? kTick : milliseconds{1};
        ::poll(waiting.data(), waiting.size(), static_cast<int>(pause.count()));
        if (is_open(0) && !drain(waiting[0].fd, output.out, command.most_output))
            waiting[0].fd = -1;
        if (is_open(1) && !drain(waiting[1].fd, output.err, command.most_output))
            waiting[1].fd = -1;
        if (output.out.size() + output.err.size() > command.most_output)
            return failure(Errc::too_large, command.argv[0] + ": more output than " +
                                                std::to_string(command.most_output) + " bytes");
    }
    if (!ended)
        return failure(Errc::timed_out, command.argv[0] + ": no answer within " +
                                            std::to_string(command.timeout.count()) + " ms");
    output.exit_code = running.exit_code();
    return output;
}

template <class Start>
Result<CommandOutput> run_with(const Command& command, Start start) {
    auto out = make_pipe();
    auto err = make_pipe();
    if (!out || !err) return failure(Errc::io, "no pipe for " + command.argv[0]);
    const auto process = start(out->writing.get(), err->writing.get());
    if (!process) return std::unexpected(process.error());
    Running running(*process);
    // Ours must be closed, or the output never ends.
    out->writing = Descriptor();
    err->writing = Descriptor();
    return collect(running, *out, *err, command);
}

}  // namespace

Result<CommandOutput> LinuxProcesses::run(const Command& command) const {
    if (command.argv.empty()) return failure(Errc::not_found, "no program named");
    const auto program = found_program(command.argv[0]);
    if (!program) return std::unexpected(program.error());
    return run_with(command, [&](int out, int err) {
        return SpawnSetup(out, err).start(*program, command.argv);
    });
}

Result<CommandOutput> ProcessesIn::run(const Command& command) const {
    if (command.argv.empty() || command.argv[0].empty())
        return failure(Errc::not_found, "no program named");
    std::vector<std::string> programs;
    if (command.argv[0].find('/') != std::string::npos)
        programs = {command.argv[0]};
    else
        for (const char* folder : kFolders) programs.push_back(folder + command.argv[0]);
    const auto argv = pointers_to(command.argv);
    return run_with(command, [&](int out, int err) -> Result<pid_t> {
        const pid_t process = ::fork();
        if (process == 0) ChildIn(root_.c_str(), out, err).become(programs, argv.data());
        if (process < 0) return std::unexpected(system_error(errno).within(command.argv[0]));
        return process;
    });
}

}  // namespace guestprep
