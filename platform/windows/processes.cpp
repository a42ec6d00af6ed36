// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/processes.h"

#include <algorithm>
#include <array>
#include <optional>

#include "platform/windows/handles.h"
#include "platform/windows/native_view.h"
#include "platform/windows/system_error.h"
#include "platform/windows/wide_text.h"

namespace guestprep {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// How long output is awaited that a background grandchild might still write.
constexpr milliseconds kGrace{100};
constexpr DWORD kTick = 10;
constexpr DWORD kPipeSize = 65536;
/// What a program ends with that ran out of time; nobody sees it but other programs.
constexpr UINT kKilled = 0xC000013A;

std::wstring system_directory() {
    std::array<wchar_t, MAX_PATH> folder{};
    const UINT size = ::GetSystemDirectoryW(folder.data(), MAX_PATH);
    return {folder.data(), std::min<std::size_t>(size, folder.size())};
}

std::wstring windows_directory() {
    std::array<wchar_t, MAX_PATH> folder{};
    const UINT size = ::GetSystemWindowsDirectoryW(folder.data(), MAX_PATH);
    return {folder.data(), std::min<std::size_t>(size, folder.size())};
}

std::array<std::wstring, 3> program_folders() {
    const auto system = system_directory();
    return {system, system + L"\\Wbem", system + L"\\WindowsPowerShell\\v1.0"};
}

bool is_file(const std::wstring& path) {
    const DWORD attributes = ::GetFileAttributesW(path.c_str());
    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0;
}

bool ends_like_a_program(std::wstring_view path) {
    if (path.size() < 4) return false;
    const auto* end = path.data() + path.size() - 4;
    return ::_wcsnicmp(end, L".exe", 4) == 0 || ::_wcsnicmp(end, L".com", 4) == 0;
}

Result<std::wstring> found_program(const std::string& name) {
    auto path = wide(name);
    if (!ends_like_a_program(path)) path += L".exe";
    const bool is_absolute = path.size() > 3 && path[1] == L':' && path[2] == L'\\';
    if (is_absolute) {
        if (is_file(path)) return path;
    } else if (!name.empty() && path.find_first_of(L"\\/:") == std::wstring::npos) {
        for (const auto& folder : program_folders())
            if (auto whole = folder + L"\\" + path; is_file(whole)) return whole;
    }
    return failure(Errc::not_found, name + ": no such program");
}

/// What programs need to find the system, and nothing of whoever started this one.
std::wstring environment_block() {
    constexpr std::array<const wchar_t*, 20> kKept = {L"ALLUSERSPROFILE",
                                                      L"CommonProgramFiles",
                                                      L"CommonProgramFiles(x86)",
                                                      L"CommonProgramW6432",
                                                      L"COMPUTERNAME",
                                                      L"ComSpec",
                                                      L"NUMBER_OF_PROCESSORS",
                                                      L"OS",
                                                      L"PROCESSOR_ARCHITECTURE",
                                                      L"PROCESSOR_ARCHITEW6432",
                                                      L"ProgramData",
                                                      L"ProgramFiles",
                                                      L"ProgramFiles(x86)",
                                                      L"ProgramW6432",
                                                      L"SystemDrive",
                                                      L"SystemRoot",
                                                      L"TEMP",
                                                      L"TMP",
                                                      L"USERPROFILE",
                                                      L"windir"};
    std::vector<std::wstring> entries;
    for (const auto* name : kKept) {
        std::wstring value(32767, L'\0');
        const DWORD size =
            ::GetEnvironmentVariableW(name, value.data(), static_cast<DWORD>(value.size()));
        if (size == 0 || size >= value.size()) continue;
        value.resize(size);
        entries.push_back(std::wstring(name) + L"=" + value);
    }
    std::wstring path = L"PATH=" + windows_directory();
    for (const auto& folder : program_folders()) path += L";" + folder;
    entries.push_back(std::move(path));
    std::ranges::sort(entries, [](const std::wstring& a, const std::wstring& b) {
        return ::_wcsicmp(a.c_str(), b.c_str()) < 0;
    });
    std::wstring block;
    for (const auto& entry : entries) block += entry + L'\0';
    return block + L'\0';
}

struct Pipe {
    ObjectHandle reading, writing;
};

Result<Pipe> make_pipe() {
    Pipe pipe;
    SECURITY_ATTRIBUTES inherited{sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
    if (::CreatePipe(pipe.reading.out(), pipe.writing.out(), &inherited, kPipeSize) == FALSE ||
        ::SetHandleInformation(pipe.reading.get(), HANDLE_FLAG_INHERIT, 0) == FALSE)
        return std::unexpected(windows_error(::GetLastError()));
    return pipe;
}

/// Kills everything that is in it when it is closed.
ObjectHandle make_job() {
    ObjectHandle job(::CreateJobObjectW(nullptr, nullptr));
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    if (!job || ::SetInformationJobObject(job.get(), JobObjectExtendedLimitInformation, &limits,
                                          sizeof limits) == FALSE)
        return ObjectHandle();
    return job;
}

/// A started program: it has ended, or is killed with its children, before it goes out of sight.
class Running {
public:
    static Result<Running> start(const std::wstring& program, const std::vector<std::string>& words,
                                 HANDLE input, HANDLE out, HANDLE err) {
        STARTUPINFOW startup{};
        startup.cb = sizeof startup;
        startup.dwFlags = STARTF_USESTDHANDLES;
        startup.hStdInput = input;
        startup.hStdOutput = out;
        startup.hStdError = err;
        auto line = command_line(words);
        auto environment = environment_block();
        const auto folder = system_directory();
        const DWORD flags = CREATE_NO_WINDOW | CREATE_SUSPENDED | CREATE_UNICODE_ENVIRONMENT;
        PROCESS_INFORMATION made{};
        // Before Windows 8 a process is in one job at most: where this program is in one, a child
        // may be able to leave it.
        BOOL started = FALSE;
        for (const DWORD leaving : {DWORD{CREATE_BREAKAWAY_FROM_JOB}, DWORD{0}}) {
            started = ::CreateProcessW(program.c_str(), line.data(), nullptr, nullptr, TRUE,
                                       flags | leaving, environment.data(), folder.c_str(),
                                       &startup, &made);
            if (started != FALSE || ::GetLastError() != ERROR_ACCESS_DENIED) break;
        }
        if (started == FALSE)
            return std::unexpected(windows_error(::GetLastError()).within(words.front()));
        Running running(ObjectHandle(made.hProcess), make_job());
        const ObjectHandle thread(made.hThread);
        // Without a job only the program itself can be killed.
        if (running.job_ &&
            ::AssignProcessToJobObject(running.job_.get(), running.process_.get()) == FALSE)
            running.job_.close();
        ::ResumeThread(thread.get());
        return running;
    }
    ~Running() {
        if (!process_) return;
        if (!has_ended()) ::TerminateProcess(process_.get(), kKilled);
        if (job_) ::TerminateJobObject(job_.get(), kKilled);
        ::WaitForSingleObject(process_.get(), 500);
    }
    Running(Running&&) = default;
    Running& operator=(Running&&) = delete;

    [[nodiscard]] bool has_ended(DWORD wait = 0) const {
        return ::WaitForSingleObject(process_.get(), wait) == WAIT_OBJECT_0;
    }
    [[nodiscard]] int exit_code() const {
        DWORD code = 0;
        ::GetExitCodeProcess(process_.get(), &code);
        return static_cast<int>(code);
    }

private:
    Running(ObjectHandle process, ObjectHandle job)
        : process_(std::move(process)), job_(std::move(job)) {}
    ObjectHandle process_;
    ObjectHandle job_;
};

/// Reads what is there. False at the end of the output.
bool drain(HANDLE pipe, std::string& text, std::size_t most) {
    std::array<char, 16384> buffer;
    while (text.size() <= most) {
        DWORD waiting = 0;
        if (::PeekNamedPipe(pipe, nullptr, 0, nullptr, &waiting, nullptr) == FALSE) return false;
        if (waiting == 0) return true;
        DWORD n = 0;
        if (::ReadFile(pipe, buffer.data(), std::min(waiting, static_cast<DWORD>(buffer.size())),
                       &n, nullptr) == FALSE)
            return false;
        text.append(buffer.data(), n);
    }
    return true;
}

Result<CommandOutput> collect(const Running& running, const Pipe& out, const Pipe& err,
                              const Command& command) {
    CommandOutput output;
    auto deadline = Clock::now() + command.timeout;
    bool ended = false;
    bool out_open = true;
    bool err_open = true;
    while (out_open || err_open || !ended) {
        const auto before = output.out.size() + output.err.size();
        if (out_open) out_open = drain(out.reading.get(), output.out, command.most_output);
        if (err_open) err_open = drain(err.reading.get(), output.err, command.most_output);
        const auto now = output.out.size() + output.err.size();
        if (now > command.most_output)
            return failure(Errc::too_large, command.argv[0] + ": more output than " +
                                                std::to_string(command.most_output) + " bytes");
        if (Clock::now() >= deadline) break;
        if (ended) {
            if (now == before && (out_open || err_open)) ::Sleep(kTick);
        } else if (running.has_ended(now == before ? kTick : 0)) {
            ended = true;
            // What it started keeps the pipe: what that says later is not this output.
            deadline = std::min(deadline, Clock::now() + kGrace);
        }
    }
    if (!ended)
        return failure(Errc::timed_out, command.argv[0] + ": no answer within " +
                                            std::to_string(command.timeout.count()) + " ms");
    output.exit_code = running.exit_code();
    return output;
}

void add_word(std::wstring& line, std::wstring_view word) {
    if (!line.empty()) line += L' ';
    if (!word.empty() && word.find_first_of(L" \t\n\v\"") == std::wstring_view::npos) {
        line += word;
        return;
    }
    line += L'"';
    std::size_t slashes = 0;
    for (const wchar_t c : word) {
        // Backslashes are themselves but before a quotation mark, where each needs another one.
        if (c == L'"') line.append(slashes + 1, L'\\');
        slashes = c == L'\\' ? slashes + 1 : 0;
        line += c;
    }
    line.append(slashes, L'\\');
    line += L'"';
}

}  // namespace

std::wstring command_line(const std::vector<std::string>& words) {
    std::wstring line;
    for (const auto& word : words) add_word(line, wide(word));
    return line;
}

Result<CommandOutput> WindowsProcesses::run(const Command& command) const {
    if (command.argv.empty()) return failure(Errc::not_found, "no program named");
    for (const auto& word : command.argv)
        if (word.find('\0') != std::string::npos)
            return failure(Errc::bad_syntax, command.argv[0] + ": a word with a zero in it");
    const NativeView native;
    const auto program = found_program(command.argv[0]);
    if (!program) return std::unexpected(program.error());
    auto out = make_pipe();
    auto err = make_pipe();
    if (!out || !err) return failure(Errc::io, "no pipe for " + command.argv[0]);
    SECURITY_ATTRIBUTES inherited{sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
    const FileHandle input(::CreateFileW(L"NUL", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                         &inherited, OPEN_EXISTING, 0, nullptr));
    const auto running =
        Running::start(*program, command.argv, input.get(), out->writing.get(), err->writing.get());
    if (!running) return std::unexpected(running.error());
    // Ours must be closed, or the output never ends.
    out->writing.close();
    err->writing.close();
    return collect(*running, *out, *err, command);
}

}  // namespace guestprep
