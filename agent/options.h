// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/profile.h"
#include "agent/core/result.h"
#include "agent/report/render.h"

namespace guestprep {

enum class CommandName : std::uint8_t {
    audit,
    fix,
    undo,
    runs,
    list,
    explain,
    facts,
    render,
    import_plan,
    unattend,
    help,
    version
};
constexpr std::array<std::string_view, 12> enum_names(CommandName) {
    return {"audit", "fix",    "undo",        "runs",     "list", "explain",
            "facts", "render", "import-plan", "unattend", "help", "version"};
}

enum class ColourChoice : std::uint8_t { automatic, always, never };
constexpr std::array<std::string_view, 3> enum_names(ColourChoice) {
    return {"auto", "always", "never"};
}

struct ReportWanted {
    ReportFormat format = ReportFormat::text;
    std::string path;  ///< empty: standard output
};

/// The command line, the environment and the configuration file, put together and checked.
struct Options {
    CommandName command = CommandName::audit;
    std::vector<std::string> arguments;  ///< what follows the command: an ID, files
    std::string root;                    ///< empty: the running system
    std::string facts_file;
    std::string profile = "vmie-2026";  ///< a built-in name or a file
    Route route = Route::image;
    Target target = Target::any;
    std::string licence;  ///< "AWS", "BYOL" or empty
    std::vector<std::string> only, skip;
    std::vector<std::string> include;   ///< fix: opt-in fixers that may run; globs
    std::vector<std::string> add_keys;  ///< fix: "USER=FILE"
    bool dry_run = false;
    bool allow_irreversible = false;
    bool force = false;            ///< unattend: over the file that is there
    std::string locale = "en-US";  ///< unattend
    std::vector<ReportWanted> reports;
    Severity fail_on = Severity::blocker;
    std::string waivers_file;
    std::uint64_t timeout_seconds = 60;
    ColourChoice colour = ColourChoice::automatic;
    bool quiet = false;
    bool verbose = false;
};

/// Reads the command line, then what it leaves open from GUESTPREP_... variables, then from the
/// configuration file. Errors: bad_syntax, a sentence that names the word and, where one is near,
/// what was probably meant.
[[nodiscard]] Result<Options> read_options(const std::vector<std::string>& arguments,
                                           const std::map<std::string, std::string>& environment);

/// What `guestprep --help` prints.
[[nodiscard]] std::string usage();

}  // namespace guestprep
