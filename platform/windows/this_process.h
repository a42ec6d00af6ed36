// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <streambuf>
#include <string>
#include <vector>

namespace guestprep {

/// The command line as UTF-8, without the program's name. What main gets is in the system's code
/// page, and what that lacks is lost there.
[[nodiscard]] std::vector<std::string> process_arguments();
[[nodiscard]] std::map<std::string, std::string> process_environment();

/// No question on the screen for a drive without a disc, or a crash: errors go to the program.
void refuse_system_dialogs();

/// Standard output or standard error. A console shows Unicode whatever its code page is; a file or
/// a pipe gets the bytes, UTF-8 with \n.
class StandardStream final : public std::streambuf {
public:
    enum class Which { output, error };
    explicit StandardStream(Which which);
    ~StandardStream() override;
    StandardStream(const StandardStream&) = delete;
    StandardStream& operator=(const StandardStream&) = delete;

    /// A console that understands colours: since Windows 10.
    [[nodiscard]] bool shows_colours() const { return shows_colours_; }

protected:
    int_type overflow(int_type character) override;
    std::streamsize xsputn(const char* text, std::streamsize size) override;
    int sync() override;

private:
    bool write_out(std::string_view text);

    void* handle_;
    bool is_console_ = false;
    bool shows_colours_ = false;
    std::string waiting_;
};

}  // namespace guestprep
