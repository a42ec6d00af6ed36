// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/this_process.h"

#include <windows.h>
// Needs what windows.h declares.
#include <shellapi.h>

#include <algorithm>

#include "platform/windows/wide_text.h"

namespace guestprep {
namespace {

constexpr std::size_t kEnough =
    8192;  ///< an old console takes some ten thousand characters at once
constexpr DWORD kEscapeSequences = 0x0004;  ///< ENABLE_VIRTUAL_TERMINAL_PROCESSING

/// How many bytes at the end are the beginning of a character that is not whole yet.
std::size_t torn_end(std::string_view text) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if ((byte & 0xC0U) == 0x80U) continue;
        const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        return length > back ? back : 0;
    }
    return 0;
}

}  // namespace

std::vector<std::string> process_arguments() {
    int count = 0;
    wchar_t** words = ::CommandLineToArgvW(::GetCommandLineW(), &count);
    std::vector<std::string> arguments;
    for (int i = 1; words != nullptr && i < count; ++i) arguments.push_back(narrow(words[i]));
    ::LocalFree(words);
    return arguments;
}

std::map<std::string, std::string> process_environment() {
    std::map<std::string, std::string> environment;
    wchar_t* block = ::GetEnvironmentStringsW();
    if (block == nullptr) return environment;
    for (const wchar_t* at = block; *at != L'\0';) {
        const std::wstring_view entry(at);
        // "=C:=C:\\Windows" is the command shell's memory of a drive's folder.
        const auto equals = entry.find(L'=', 1);
        if (entry.front() != L'=' && equals != std::wstring_view::npos)
            environment.emplace(narrow(entry.substr(0, equals)), narrow(entry.substr(equals + 1)));
        at += entry.size() + 1;
    }
    ::FreeEnvironmentStringsW(block);
    return environment;
}

void refuse_system_dialogs() {
    ::SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
}

StandardStream::StandardStream(Which which)
    : handle_(::GetStdHandle(which == Which::output ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE)) {
    DWORD mode = 0;
    is_console_ = ::GetConsoleMode(handle_, &mode) != FALSE;
    shows_colours_ = is_console_ && ::SetConsoleMode(handle_, mode | kEscapeSequences) != FALSE;
}

StandardStream::~StandardStream() { StandardStream::sync(); }

StandardStream::int_type StandardStream::overflow(int_type character) {
    if (traits_type::eq_int_type(character, traits_type::eof()))
        return traits_type::not_eof(character);
    const char c = traits_type::to_char_type(character);
    return xsputn(&c, 1) == 1 ? character : traits_type::eof();
}

std::streamsize StandardStream::xsputn(const char* text, std::streamsize size) {
    waiting_.append(text, static_cast<std::size_t>(size));
    if (waiting_.size() >= kEnough && sync() != 0) return 0;
    return size;
}

int StandardStream::sync() {
    const auto whole = waiting_.size() - (is_console_ ? torn_end(waiting_) : 0);
    const bool fine = write_out(std::string_view(waiting_).substr(0, whole));
    waiting_.erase(0, whole);
    return fine ? 0 : -1;
}

bool StandardStream::write_out(std::string_view text) {
    if (!is_console_) {
        while (!text.empty()) {
            DWORD written = 0;
            const auto size = static_cast<DWORD>(std::min<std::size_t>(text.size(), 1U << 20));
            if (::WriteFile(handle_, text.data(), size, &written, nullptr) == FALSE || written == 0)
                return false;
            text.remove_prefix(written);
        }
        return true;
    }
    const auto shown = wide(text);
    for (std::wstring_view rest = shown; !rest.empty();) {
        auto size = std::min(rest.size(), kEnough);
        // The two halves of a character stay together.
        if (size < rest.size() && rest[size - 1] >= 0xD800 && rest[size - 1] < 0xDC00) --size;
        DWORD written = 0;
        if (::WriteConsoleW(handle_, rest.data(), static_cast<DWORD>(size), &written, nullptr) ==
                FALSE ||
            written == 0)
            return false;
        rest.remove_prefix(written);
    }
    return true;
}

}  // namespace guestprep
