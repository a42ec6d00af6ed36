// SPDX-License-Identifier: Apache-2.0
//
// The pipeline, top to bottom: options, host, facts, judgement, reports, exit code.
#include "agent/run.h"

#include <chrono>
#include <ostream>

#include "agent/catalogue.h"
#include "agent/collect/collect.h"
#include "agent/command_parts.h"
#include "agent/core/text.h"
#include "agent/facts/facts_json.h"
#include "agent/fix.h"
#include "agent/fix_plan.h"
#include "agent/import_plan.h"
#include "agent/listing.h"
#include "agent/make_report.h"
#include "agent/open_host.h"
#include "agent/options.h"
#include "agent/profiles.h"
#include "agent/unattend.h"
#include "agent/watchdog.h"

namespace guestprep {
namespace {

using Clock = std::chrono::steady_clock;

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
    looked.facts.fixes = possible_fixes(looked.facts);
    looked.files_read = (*host)->files_read();
    return looked;
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
        case CommandName::fix:
            return run_fix(options, around);
        case CommandName::undo:
            return run_undo(options, around);
        case CommandName::runs:
            return run_runs(options, around);
        case CommandName::unattend:
            return run_unattend(options, around);
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
