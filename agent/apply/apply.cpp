// SPDX-License-Identifier: Apache-2.0
#include "agent/apply/apply.h"

#include <algorithm>

#include "agent/apply/steps.h"

namespace guestprep {
namespace {

/// Bytes that a run may need besides its own files: the journal, and room for the system to go on.
constexpr std::uint64_t kSlack = std::uint64_t{4} << 20;

/// Temporaries of a run that was killed lie beside the files it was at.
void sweep(const Run& run, FileWriter& writer) {
    std::vector<GuestPath> folders = {run_folder(run.id)};
    for (const auto& step : run.steps)
        for (const auto& file : step.touched) folders.push_back(file.path.parent());
    std::ranges::sort(folders);
    const auto twice = std::ranges::unique(folders);
    folders.erase(twice.begin(), twice.end());
    for (const auto& folder : folders) writer.sweep(folder);
}

/// Takes every step back that may have been done, the last first. What stands in the way is said.
std::vector<std::string> take_back(Run& run, Workshop& shop, JournalWriter& journal,
                                   const std::function<bool(const Step&)>& wanted) {
    std::vector<std::string> troubles;
    for (auto step = run.steps.rbegin(); step != run.steps.rend(); ++step) {
        if (step->undone || !wanted(*step)) continue;
        if (auto undone = undo_step(*step, run.id, shop); !undone) {
            troubles.push_back(undone.error().message);
            continue;
        }
        step->undone = true;
        if (auto noted = journal.undone(step->number); !noted)
            troubles.push_back("journal: " + noted.error().message);
    }
    return troubles;
}

bool always(const Step&) { return true; }

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : "; ") + part;
    return text;
}

Result<void> recover_one(Run& run, Workshop& shop, std::vector<std::string>& said) {
    if (run.outcome == Outcome::damaged) {
        said.push_back("run " + run.id + ": " + run.trouble +
                       "; it is left as it is, copies of the files from before are in " +
                       run_folder(run.id).str());
        return {};
    }
    if (run.outcome != Outcome::unfinished) return {};
    sweep(run, shop.writer);
    JournalWriter journal(shop.writer, run.id);
    if (auto resumed = journal.resume(); !resumed) return resumed;
    const auto troubles = take_back(run, shop, journal, always);
    const auto outcome = troubles.empty() ? Outcome::rolled_back : Outcome::incomplete;
    if (auto ended = journal.end(outcome); !ended) return ended;
    said.push_back(troubles.empty()
                       ? "run " + run.id + " had died half-way; what it had done is taken back"
                       : "run " + run.id + " had died half-way and could not be taken back: " +
                             joined(troubles) + "; copies of the files from before are in " +
                             run_folder(run.id).str());
    return {};
}

Result<void> space_for(const std::vector<Step>& steps, const std::vector<PlannedChange>& changes,
                       const FileReader& files) {
    std::uint64_t needed = kSlack;
    for (const auto& step : steps)
        for (const auto& file : step.touched) needed += file.before.size;
    for (const auto& change : changes)
        if (const auto* edit = std::get_if<FileEdit>(&change.change); edit && edit->after)
            needed += edit->after->size();
    const auto space = files.space(journal_root());
    // A directory that is no mount tells nothing; a write that fails later is taken back.
    if (!space) return {};
    if (space->read_only)
        return failure(Errc::io, journal_root().str() + ": the file system is read-only");
    if (space->free_bytes < needed)
        return failure(Errc::io, journal_root().str() + ": " + std::to_string(space->free_bytes) +
                                     " bytes are free, " + std::to_string(needed) +
                                     " are needed for copies of what is changed");
    return {};
}

/// Plans every step against what is there now: nothing is touched while one does not fit.
Result<std::vector<Step>> steps_for(const std::vector<PlannedChange>& changes,
                                    const Workshop& shop) {
    std::vector<Step> steps;
    for (const auto& change : changes) {
        auto step = plan_step(change, steps, shop);
        if (!step) return std::unexpected(std::move(step.error()));
        step->number = steps.size() + 1;
        steps.push_back(std::move(*step));
    }
    return steps;
}

Applied roll_back(Run run, Workshop& shop, JournalWriter& journal, std::string trouble) {
    const auto troubles = take_back(run, shop, journal, always);
    run.outcome = troubles.empty() ? Outcome::rolled_back : Outcome::incomplete;
    if (auto ended = journal.end(run.outcome); !ended) trouble += "; " + ended.error().message;
    if (!troubles.empty()) trouble += "; not put back: " + joined(troubles);
    return {.outcome = run.outcome, .trouble = std::move(trouble), .run = std::move(run)};
}

}  // namespace

Result<std::unique_ptr<FileWriter::Lock>> lock_runs(FileWriter& writer) {
    if (auto made = writer.make_directory(journal_root(), 0700); !made)
        return std::unexpected(made.error());
    return writer.lock(journal_root() / "lock");
}

Result<std::vector<std::string>> recover(Workshop& shop) {
    auto runs = read_runs(shop.files);
    if (!runs) return std::unexpected(runs.error());
    std::vector<std::string> said;
    for (auto& run : *runs)
        if (auto done = recover_one(run, shop, said); !done) return std::unexpected(done.error());
    return said;
}

Result<Applied> apply(const std::vector<PlannedChange>& changes, Workshop& shop,
                      const std::string& run_id) {
    auto steps = steps_for(changes, shop);
    if (!steps) return std::unexpected(steps.error());
    if (auto room = space_for(*steps, changes, shop.files); !room)
        return std::unexpected(room.error());
    JournalWriter journal(shop.writer, run_id);
    if (auto begun = journal.begin(steps->size()); !begun) return std::unexpected(begun.error());

    Run run{.id = run_id};
    for (std::size_t i = 0; i < steps->size(); ++i) {
        run.steps.push_back((*steps)[i]);
        auto& step = run.steps.back();
        if (auto kept = keep_copies(step, run_id, shop); !kept) {
            run.steps.pop_back();
            return roll_back(std::move(run), shop, journal, kept.error().message);
        }
        if (auto noted = journal.about(step); !noted) {
            run.steps.pop_back();
            return roll_back(std::move(run), shop, journal, noted.error().message);
        }
        if (auto done = do_step(step, changes[i].change, shop); !done)
            return roll_back(std::move(run), shop, journal, done.error().message);
        step.done = true;
        if (auto noted = journal.done(step); !noted)
            return roll_back(std::move(run), shop, journal, noted.error().message);
    }
    run.outcome = Outcome::applied;
    if (auto ended = journal.end(Outcome::applied); !ended)
        return roll_back(std::move(run), shop, journal, ended.error().message);
    return Applied{.outcome = Outcome::applied, .trouble = {}, .run = std::move(run)};
}

Result<Applied> undo(const Run& original, Workshop& shop,
                     const std::function<bool(const std::string&)>& wanted) {
    Run run = original;
    if (run.outcome == Outcome::damaged)
        return failure(Errc::unsupported, "run " + run.id + ": " + run.trouble +
                                              "; put the files back by hand from " +
                                              run_folder(run.id).str());
    const auto chosen = [&](const Step& step) { return wanted(step.fixer); };
    std::vector<std::string> notes;
    for (const auto& step : run.steps)
        if (chosen(step) && !step.undone && !step.reversible)
            notes.push_back(
                step.fixer +
                ": what cannot be taken back stays as it is (a password, or what a command did "
                "outside the files it saved)");
    if (auto fits = can_undo(run, shop, chosen); !fits) return std::unexpected(fits.error());
    sweep(run, shop.writer);
    JournalWriter journal(shop.writer, run.id);
    if (auto resumed = journal.resume(); !resumed) return std::unexpected(resumed.error());
    const auto troubles = take_back(run, shop, journal, chosen);
    Applied outcome{
        .outcome = Outcome::undone, .trouble = joined(troubles), .notes = notes, .run = run};
    if (!troubles.empty()) outcome.outcome = Outcome::incomplete;
    const bool whole = std::ranges::all_of(run.steps, &Step::undone);
    if (whole || !troubles.empty())
        if (auto ended = journal.end(outcome.outcome); !ended)
            return std::unexpected(ended.error());
    outcome.run.outcome = whole ? Outcome::undone : original.outcome;
    return outcome;
}

}  // namespace guestprep
