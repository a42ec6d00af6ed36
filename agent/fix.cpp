// SPDX-License-Identifier: Apache-2.0
#include "agent/fix.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <ostream>

#include "agent/collect/collect.h"
#include "agent/command_parts.h"
#include "agent/core/text.h"
#include "agent/fix_plan.h"
#include "agent/fix_report.h"
#include "agent/make_report.h"
#include "agent/open_host.h"

namespace guestprep {
namespace {

using Clock = std::chrono::steady_clock;

CommandPlace command_place(const Options& options, const OpenedWorkshop& shop) {
    if (shop.commands == nullptr) return CommandPlace::nowhere;
    return options.root.empty() ? CommandPlace::running_system : CommandPlace::directory;
}

Result<FixChoice> choice_of(const Options& options, CommandPlace commands) {
    if (auto fine = check_ids("--include", options.include); !fine)
        return std::unexpected(fine.error());
    FixChoice choice{.include = options.include,
                     .allow_irreversible = options.allow_irreversible,
                     .commands = commands,
                     .wishes = {}};
    for (const auto& word : options.add_keys) {
        const auto equals = word.find('=');
        auto text = read_own_file(word.substr(equals + 1));
        if (!text) return std::unexpected(std::move(text.error()).within("--add-key"));
        choice.wishes.keys.push_back({word.substr(0, equals), std::move(*text)});
    }
    return choice;
}

/// What fix and undo have in common: the guest, the rules, the clock, and the report at the end.
class Session {
public:
    static Result<Session> open(const Options& options, const Surroundings& around) {
        Session session(options, around);
        auto profile = choose_profile(options.profile);
        if (!profile) return std::unexpected(profile.error());
        auto judging = judge_options(options);
        if (!judging) return std::unexpected(judging.error());
        auto host = open_host(options.root, Clock::now() + session.limit());
        if (!host) return std::unexpected(host.error());
        auto shop = open_workshop(options.root);
        if (!shop) return std::unexpected(shop.error());
        // On hives this program looks and never writes.
        if ((*host)->host().registry != nullptr && shop->registry_writer == nullptr)
            return failure(
                Errc::unsupported,
                options.root + ": holds Windows; run guestprep.exe in the guest to change it");
        session.profile = std::move(*profile);
        session.judging = std::move(*judging);
        session.host = std::move(*host);
        session.opened = std::move(*shop);
        return session;
    }

    /// The guest as it is now. A fix may have taken longer than looking may: the time starts anew.
    Result<Facts> look_again() {
        auto fresh = open_host(options_.root, Clock::now() + limit());
        if (!fresh) return std::unexpected(fresh.error());
        host = std::move(*fresh);
        auto facts = collect(host->host());
        facts.fixes = possible_fixes(facts);
        return facts;
    }

    Workshop shop() {
        return {*opened.files, *opened.writer, opened.commands.get(), opened.registry.get(),
                opened.registry_writer.get()};
    }

    /// Holds the lock and finishes what earlier runs have left.
    Result<std::unique_ptr<FileWriter::Lock>> begin() {
        auto lock = lock_runs(*opened.writer);
        if (!lock) return lock;
        auto bench = shop();
        auto said = recover(bench);
        if (!said) return std::unexpected(said.error());
        notes = std::move(*said);
        return lock;
    }

    Result<int> finish(Report report, int code) {
        report.tool.version = GUESTPREP_VERSION;
        report.started = started_;
        report.host.root = options_.root.empty() ? "/" : to_utf8(options_.root);
        report.files_read = host->files_read();
        const auto took = Clock::now() - begin_;
        report.duration_ms = static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
        report.notes.insert(report.notes.begin(), notes.begin(), notes.end());
        auto delivered =
            deliver(options_, around_, [&](ReportFormat format, const TextStyle& style) {
                return render(report, format, style);
            });
        if (!delivered) return std::unexpected(delivered.error());
        return code;
    }

    Profile profile;
    JudgeOptions judging;
    std::unique_ptr<OpenedHost> host;
    OpenedWorkshop opened;
    std::vector<std::string> notes;

private:
    Session(const Options& options, const Surroundings& around)
        : options_(options), around_(around) {}
    [[nodiscard]] std::chrono::seconds limit() const {
        return std::chrono::seconds(options_.timeout_seconds);
    }

    const Options& options_;
    const Surroundings& around_;
    std::string started_ = utc_now();
    Clock::time_point begin_ = Clock::now();
};

int exit_code_of(Outcome outcome, Verdict verdict) {
    if (outcome == Outcome::rolled_back) return kRolledBack;
    if (outcome == Outcome::incomplete) return kIncomplete;
    return exit_code_of(verdict);
}

/// What was made turned out to do harm (an initramfs that cannot be read, say): back to before.
Applied taken_back(Applied applied, Workshop& shop, std::string why) {
    auto undone = undo(applied.run, shop, [](const std::string&) { return true; });
    applied.outcome = undone ? undone->outcome : Outcome::incomplete;
    if (applied.outcome == Outcome::undone) applied.outcome = Outcome::rolled_back;
    applied.trouble = std::move(why) + (undone ? "" : "; " + undone.error().message);
    if (undone) applied.run = std::move(undone->run);
    return applied;
}

/// Applies a plan and looks again; what turns out to do harm is taken back. `after` comes as the
/// guest before, and is the guest then.
Result<Applied> make_changes(Session& session, const FixPlan& plan, Facts& after) {
    auto shop = session.shop();
    auto applied = apply(plan.changes, shop, new_run_id());
    if (!applied || applied->outcome != Outcome::applied) return applied;
    Result<void> safe;
    if (auto seen = session.look_again()) {
        safe = leaves_a_way_in(plan.before, *seen, session.profile, session.judging);
        after = std::move(*seen);
    } else {
        safe = std::unexpected(std::move(seen.error()).within("the second look failed"));
    }
    if (safe) return applied;
    after = plan.before;
    return taken_back(std::move(*applied), shop, safe.error().message);
}

/// The run that the operator means: by its ID, or the last one that left something to take back.
Result<Run> run_meant(const Options& options, const FileReader& files) {
    auto runs = read_runs(files);
    if (!runs) return std::unexpected(runs.error());
    if (!options.arguments.empty()) {
        const auto& id = options.arguments.front();
        const auto found = std::ranges::find(*runs, id, &Run::id);
        if (found == runs->end())
            return failure(Errc::not_found,
                           "undo: no run \"" + id + "\"; 'guestprep runs' shows them");
        return *found;
    }
    for (auto run = runs->rbegin(); run != runs->rend(); ++run)
        if (run->outcome != Outcome::undone && run->outcome != Outcome::rolled_back) return *run;
    return failure(Errc::not_found, runs->empty() ? "undo: this system knows no run"
                                                  : "undo: every run is taken back already");
}

}  // namespace

Result<int> run_fix(const Options& options, const Surroundings& around) {
    auto session = Session::open(options, around);
    if (!session) return std::unexpected(session.error());
    const auto choice = choice_of(options, command_place(options, session->opened));
    if (!choice) return std::unexpected(choice.error());
    // A dry run writes nothing, the lock included.
    std::unique_ptr<FileWriter::Lock> lock;
    if (!options.dry_run) {
        auto held = session->begin();
        if (!held) return std::unexpected(std::move(held.error()).within("fix"));
        lock = std::move(*held);
    }
    auto plan = plan_fixes(session->host->host(), session->profile, session->judging, *choice);
    if (!plan) return std::unexpected(std::move(plan.error()).within("fix"));

    Applied applied;
    Facts after = plan->before;
    if (!options.dry_run && !plan->changes.empty()) {
        auto done = make_changes(*session, *plan, after);
        if (!done) return std::unexpected(std::move(done.error()).within("fix"));
        applied = std::move(*done);
    }
    auto report = make_report(after, session->profile, session->judging);
    report.mode = options.dry_run ? Mode::dry_run : Mode::fix;
    add_plan(report, *plan, applied);
    mark_fixed(report, make_report(plan->before, session->profile, session->judging));
    return session->finish(std::move(report), exit_code_of(applied.outcome, report.verdict));
}

Result<int> run_undo(const Options& options, const Surroundings& around) {
    // --only names fixers here; the audit afterwards is whole.
    Options all = options;
    all.only.clear();
    auto session = Session::open(all, around);
    if (!session) return std::unexpected(session.error());
    if (auto fine = check_ids("--only", options.only); !fine) return std::unexpected(fine.error());
    auto lock = session->begin();
    if (!lock) return std::unexpected(std::move(lock.error()).within("undo"));
    const auto run = run_meant(options, *session->opened.files);
    if (!run) return std::unexpected(run.error());
    auto shop = session->shop();
    const auto undone = undo(*run, shop, [&](const std::string& fixer) {
        return options.only.empty() || std::ranges::any_of(options.only, [&](const auto& glob) {
                   return matches_glob(glob, fixer);
               });
    });
    if (!undone) return std::unexpected(Error(undone.error()).within("undo"));
    const auto after = session->look_again();
    if (!after) return std::unexpected(after.error());
    auto report = make_report(*after, session->profile, session->judging);
    report.mode = Mode::undo;
    add_undo(report, *run, *undone);
    return session->finish(std::move(report), exit_code_of(undone->outcome, report.verdict));
}

Result<int> run_runs(const Options& options, const Surroundings& around) {
    const auto shop = open_workshop(options.root);
    if (!shop) return std::unexpected(shop.error());
    const auto runs = read_runs(*shop->files);
    if (!runs) return std::unexpected(runs.error());
    around.out << (options.reports.front().format == ReportFormat::json ? runs_json(*runs)
                                                                        : runs_text(*runs));
    return kReady;
}

}  // namespace guestprep
