// SPDX-License-Identifier: Apache-2.0
//
// The pipeline, top to bottom: options, host, facts, judgement, reports, exit code.
#include "agent/run.h"

#include <array>
#include <chrono>
#include <ctime>
#include <fstream>
#include <ostream>
#include <sstream>

#include "agent/catalogue.h"
#include "agent/collect/collect.h"
#include "agent/core/text.h"
#include "agent/facts/facts_json.h"
#include "agent/import_plan.h"
#include "agent/listing.h"
#include "agent/make_report.h"
#include "agent/open_host.h"
#include "agent/options.h"
#include "agent/profiles.h"
#include "agent/watchdog.h"

namespace guestprep {
namespace {

using Clock = std::chrono::steady_clock;

enum ExitCode : int { kReady = 0, kNotReady = 1, kUndetermined = 2, kWrongUse = 3 };

std::string utc_now() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    const auto n = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text.data(), n};
}

/// A file of the machine that runs the program, not of the guest.
Result<std::string> read_own_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
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

struct Looked {
    Facts facts;
    std::size_t files_read = 0;
};

Result<Looked> look(const Options& options) {
    if (!options.facts_file.empty()) {
        auto text = read_own_file(options.facts_file);
        if (!text) return std::unexpected(std::move(text.error()).within("--facts"));
        auto facts = facts_from_json(*text);
        if (!facts)
            return std::unexpected(
                std::move(facts.error()).within("--facts " + options.facts_file));
        return Looked{std::move(*facts), 0};
    }
    const auto limit = std::chrono::seconds(options.timeout_seconds);
    const Watchdog watchdog(limit,
                            "guestprep: looking took longer than --timeout; nothing was "
                            "changed\n",
                            kUndetermined);
    auto host = open_host(options.root, Clock::now() + limit);
    if (!host) return std::unexpected(std::move(host.error()));
    Looked looked{collect((*host)->host()), 0};
    looked.files_read = (*host)->files_read();
    return looked;
}

/// IDs and globs that name no check at all are a slip of the pen, not an empty wish.
Result<void> check_ids(const char* option, const std::vector<std::string>& patterns) {
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

TextStyle style_of(const Options& options, const Surroundings& around) {
    const auto no_colour = around.environment.find("NO_COLOR");
    const bool refused = no_colour != around.environment.end() && !no_colour->second.empty();
    const bool colour =
        options.colour == ColourChoice::always ||
        (options.colour == ColourChoice::automatic && around.output_is_terminal && !refused);
    return {.colour = colour, .quiet = options.quiet, .verbose = options.verbose};
}

/// Hands each wanted format to its file or to standard output.
template <class Make>
Result<void> deliver(const Options& options, const Surroundings& around, const Make& make) {
    for (const auto& wanted : options.reports) {
        auto style = style_of(options, around);
        if (wanted.path.empty()) {
            around.out << make(wanted.format, style);
            continue;
        }
        style.colour = false;
        std::ofstream file(wanted.path, std::ios::binary);
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

Result<int> run_audit(const Options& options, const Surroundings& around) {
    const auto started = utc_now();
    const auto begin = Clock::now();
    const auto profile = choose_profile(options.profile);
    if (!profile) return std::unexpected(profile.error());
    const auto wanted = judge_options(options);
    if (!wanted) return std::unexpected(wanted.error());
    const auto looked = look(options);
    if (!looked) return std::unexpected(looked.error());

    auto report = make_report(looked->facts, *profile, *wanted);
    report.tool.version = GUESTPREP_VERSION;
    report.started = started;
    report.files_read = looked->files_read;
    report.host.root = options.root.empty() ? "/" : to_utf8(options.root);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
    report.duration_ms = static_cast<std::uint64_t>(took.count());
    auto delivered = deliver(options, around, [&](ReportFormat format, const TextStyle& style) {
        return render(report, format, style);
    });
    if (!delivered) return std::unexpected(delivered.error());
    return exit_code_of(report.verdict);
}

Result<int> run_render(const Options& options, const Surroundings& around) {
    std::vector<Report> reports;
    for (const auto& path : options.arguments) {
        auto text = read_own_file(path);
        if (!text) return std::unexpected(std::move(text.error()));
        auto report = report_from_json(*text);
        if (!report) return std::unexpected(std::move(report.error()).within(path));
        reports.push_back(std::move(*report));
    }
    auto delivered = deliver(options, around, [&](ReportFormat format, const TextStyle& style) {
        return reports.size() == 1 ? render(reports.front(), format, style)
                                   : render_fleet(reports, format, style);
    });
    if (!delivered) return std::unexpected(delivered.error());
    return kReady;
}

Result<int> run_list(const Options& options, const Surroundings& around) {
    const auto profile = choose_profile(options.profile);
    if (!profile) return std::unexpected(profile.error());
    const auto format = options.reports.front().format;
    if (format == ReportFormat::markdown) {
        const auto oldest = built_in_profile("vmie-2018");
        if (!oldest) return std::unexpected(oldest.error());
        around.out << list_markdown(*profile, *oldest);
    } else {
        around.out << (format == ReportFormat::json ? list_json(*profile) : list_text(*profile));
    }
    return kReady;
}

Result<int> run_explain(const Options& options, const Surroundings& around) {
    const auto profile = choose_profile(options.profile);
    if (!profile) return std::unexpected(profile.error());
    const auto& id = options.arguments.front();
    const auto* entry = find_entry(id);
    if (entry == nullptr) {
        const auto similar = similar_ids(id);
        return failure(Errc::bad_syntax,
                       "unknown check \"" + id + "\"" +
                           (similar.empty() ? "; 'guestprep list' shows them"
                                            : "; did you mean " + join(similar, ", ") + "?"));
    }
    around.out << explain_text(*entry, *profile);
    return kReady;
}

Result<int> run_facts(const Options& options, const Surroundings& around) {
    const auto looked = look(options);
    if (!looked) return std::unexpected(looked.error());
    around.out << facts_to_json(looked->facts);
    return kReady;
}

Result<int> run_import_plan(const Options& options, const Surroundings& around) {
    const auto profile = choose_profile(options.profile);
    if (!profile) return std::unexpected(profile.error());
    const auto looked = look(options);
    if (!looked) return std::unexpected(looked.error());
    around.out << import_plan(looked->facts, *profile, {options.route, options.licence});
    return kReady;
}

Result<int> dispatch(const Options& options, const Surroundings& around) {
    switch (options.command) {
        case CommandName::audit:
            return run_audit(options, around);
        case CommandName::list:
            return run_list(options, around);
        case CommandName::explain:
            return run_explain(options, around);
        case CommandName::facts:
            return run_facts(options, around);
        case CommandName::render:
            return run_render(options, around);
        case CommandName::import_plan:
            return run_import_plan(options, around);
        case CommandName::help:
            around.out << usage();
            return kReady;
        case CommandName::version:
            around.out << "guestprep " GUESTPREP_VERSION "\n";
            return kReady;
    }
    return kWrongUse;
}

}  // namespace

int run(const Surroundings& around) {
    const auto options = read_options(around.arguments, around.environment);
    if (!options) {
        around.err << "guestprep: " << options.error().message << "\nTry 'guestprep --help'.\n";
        return kWrongUse;
    }
    auto code = dispatch(*options, around);
    around.out.flush();
    if (code) return *code;
    around.err << "guestprep: " << shown(code.error().message, 400) << "\n";
    return kWrongUse;
}

}  // namespace guestprep
