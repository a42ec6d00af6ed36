// SPDX-License-Identifier: Apache-2.0
//
// A program that does what the tests of running programs need done.
#include <windows.h>

#include <cstdio>
#include <cstdlib>
#include <ostream>
#include <string>

#include "platform/windows/this_process.h"
#include "platform/windows/wide_text.h"

namespace {

/// Starts this program again and does not wait for it; what is inherited goes on to it.
void start_again(const std::string& words) {
    std::wstring self(32768, L'\0');
    self.resize(::GetModuleFileNameW(nullptr, self.data(), static_cast<DWORD>(self.size())));
    auto line = L"\"" + self + L"\" " + guestprep::wide(words);
    STARTUPINFOW startup{};
    startup.cb = sizeof startup;
    PROCESS_INFORMATION made{};
    if (::CreateProcessW(nullptr, line.data(), nullptr, nullptr, TRUE, 0, nullptr, nullptr,
                         &startup, &made) == FALSE)
        std::exit(99);
    ::CloseHandle(made.hProcess);
    ::CloseHandle(made.hThread);
}

}  // namespace

int main() {
    const auto words = guestprep::process_arguments();
    guestprep::StandardStream output(guestprep::StandardStream::Which::output);
    std::ostream out(&output);
    const std::string what = words.empty() ? "" : words[0];
    if (what == "words") {
        for (const auto& word : words) out << '[' << word << ']';
    } else if (what == "say") {  // on both streams, with an exit code
        out << "out\n" << std::flush;
        std::fputs("err\n", stderr);
        return std::atoi(words.at(1).c_str());
    } else if (what == "input") {
        out << (std::getchar() == EOF ? "nothing" : "something");
    } else if (what == "environment") {
        for (const auto& [name, value] : guestprep::process_environment())
            out << name << '=' << value << '\n';
    } else if (what == "sleep") {
        ::Sleep(static_cast<DWORD>(std::atoi(words.at(1).c_str())));
    } else if (what == "flood") {
        for (int i = 0; i < 1'000'000; ++i) out << "0123456789";
    } else if (what == "write-later") {  // a file that shows that this process lived so long
        ::Sleep(static_cast<DWORD>(std::atoi(words.at(1).c_str())));
        if (std::FILE* file = ::_wfopen(guestprep::wide(words.at(2)).c_str(), L"wb"))
            std::fclose(file);
    } else if (what == "with-child") {
        start_again("write-later " + words.at(1) + " " + words.at(2));
        ::Sleep(60'000);
    } else if (what == "leaves-child") {
        start_again("sleep " + words.at(1));
        out << "done";
    }
    return 0;
}
