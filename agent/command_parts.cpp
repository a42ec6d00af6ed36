// SPDX-License-Identifier: Apache-2.0
#include "agent/command_parts.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>
#include <ostream>
#include <sstream>

#include "agent/catalogue.h"
#include "agent/core/text.h"
#include "agent/own_path.h"
#include "agent/profiles.h"

namespace guestprep {
namespace {

TextStyle style_of(const Options& options, const Surroundings& around) {
    const auto no_colour = around.environment.find("NO_COLOR");
    const bool refused = no_colour != around.environment.end() && !no_colour->second.empty();
    const bool colour =
        options.colour == ColourChoice::always ||
        (options.colour == ColourChoice::automatic && around.output_is_terminal && !refused);
    return {.colour = colour, .quiet = options.quiet, .verbose = options.verbose};
}

}  // namespace

std::string new_run_id() {
    auto id = utc_now();
    std::erase_if(id, [](char c) { return c == '-' || c == ':'; });
    return id + "-" + std::to_string(::getpid());
}

std::string utc_now() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    const auto n = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text.data(), n};
}

Result<std::string> read_own_file(const std::string& path) {
    std::ifstream file(own_path(path), std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf()))
        return failure(Errc::not_found, path + ": cannot be read");
    return text.str();
}

Result<Profile> choose_profile(const std::string& name) {
    if (auto built_in = built_in_profile(name);
        built_in || built_in.error().code != Errc::not_found)
        return built_in;
    auto text = read_own_file(name);
    if (!text)
        return failure(Errc::not_found, "--profile " + name +
                                            ": neither a profile of this program (vmie-2018, "
                                            "vmie-2026) nor a file that can be read");
    auto profile = parse_profile(*text);
    if (!profile) return std::unexpected(std::move(profile.error()).within("--profile " + name));
    return profile;
}

Result<void> check_ids(const char* option, const std::vector<std::string>& patterns) {
    // IDs and globs that name no check at all are a slip of the pen, not an empty wish.
    for (const auto& pattern : patterns) {
        bool known = false;
        for (const auto& entry : catalogue()) {
            known = known || matches_glob(pattern, entry.check.id);
            for (const auto id : entry.check.covers) known = known || matches_glob(pattern, id);
        }
        if (known) continue;
        const auto similar = similar_ids(pattern);
        return failure(Errc::bad_syntax,
                       std::string(option) + ": unknown check \"" + pattern + "\"" +
                           (similar.empty() ? "" : "; did you mean " + similar.front() + "?"));
    }
    return {};
}

Result<JudgeOptions> judge_options(const Options& options) {
    if (auto fine = check_ids("--only", options.only); !fine)
        return std::unexpected(std::move(fine.error()));
    if (auto fine = check_ids("--skip", options.skip); !fine)
        return std::unexpected(std::move(fine.error()));
    JudgeOptions wanted{.route = options.route,
                        .target = options.target,
                        .fail_on = options.fail_on,
                        .only = options.only,
                        .skip = options.skip,
                        .waivers = {},
                        .today = utc_now().substr(0, 10)};
    if (options.waivers_file.empty()) return wanted;
    auto text = read_own_file(options.waivers_file);
    if (!text) return std::unexpected(std::move(text.error()).within("--waivers"));
    auto waivers = parse_waivers(*text);
    if (!waivers)
        return std::unexpected(
            std::move(waivers.error()).within("--waivers " + options.waivers_file));
    wanted.waivers = std::move(*waivers);
    return wanted;
}

Result<void> deliver(const Options& options, const Surroundings& around,
                     const std::function<std::string(ReportFormat, const TextStyle&)>& make) {
    for (const auto& wanted : options.reports) {
        auto style = style_of(options, around);
        if (wanted.path.empty()) {
            around.out << make(wanted.format, style);
            continue;
        }
        style.colour = false;
        std::ofstream file(own_path(wanted.path), std::ios::binary);
        file << make(wanted.format, style);
        file.close();
        if (!file) return failure(Errc::io, "--report: " + wanted.path + " cannot be written");
    }
    around.out.flush();
    if (!around.out) return failure(Errc::io, "standard output cannot be written");
    return {};
}

int exit_code_of(Verdict verdict) {
    constexpr std::array<int, 3> kCodes = {kReady, kNotReady, kUndetermined};
    return kCodes[static_cast<std::size_t>(verdict)];
}

}  // namespace guestprep
