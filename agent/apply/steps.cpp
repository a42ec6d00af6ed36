// SPDX-License-Identifier: Apache-2.0
#include "agent/apply/steps.h"

#include <algorithm>
#include <utility>

#include "agent/apply/file_steps.h"
#include "agent/apply/registry_steps.h"

namespace guestprep {
namespace {

constexpr std::chrono::seconds kInverseTimeout{300};

Result<std::vector<Touched>> touched_by(const CommandStep& command, const Workshop& shop) {
    if (shop.commands == nullptr)
        return failure(Errc::unsupported, command.argv.at(0) + ": cannot run here");
    std::vector<Touched> files;
    for (const auto& path : command.saves) {
        const auto place = landing_place(shop.files, path);
        if (!place) return std::unexpected(place.error());
        files.push_back(
            {.path = *place, .before = {}, .after = {}, .backup = {}, .other_names = {}});
    }
    return files;
}

Result<void> run_command(const std::vector<std::string>& argv, std::chrono::seconds timeout,
                         Workshop& shop) {
    const auto output = shop.commands->run({.argv = argv, .timeout = timeout});
    if (!output) return std::unexpected(output.error());
    if (output->exit_code == 0) return {};
    auto said = output->err.empty() ? output->out : output->err;
    if (said.size() > 300) said = "..." + said.substr(said.size() - 300);
    return failure(Errc::command_failed,
                   argv[0] + ": ended with " + std::to_string(output->exit_code) + ": " + said);
}

/// What a command was to make is there, and not a stump.
Result<void> verify_made(Step& step, const CommandStep& command, const Workshop& shop) {
    for (auto& file : step.touched) {
        const auto now = state_at(shop.files, file.path);
        if (!now) return std::unexpected(now.error());
        file.after = *now;
        const bool needed = command.least_bytes > 0 || file.before.kind == FileState::Kind::file;
        if (needed && (now->kind != FileState::Kind::file || now->size < command.least_bytes))
            return failure(Errc::command_failed, command.argv[0] + ": left " + file.path.str() +
                                                     " as " + words_for(*now) + ", at least " +
                                                     std::to_string(command.least_bytes) +
                                                     " bytes were expected");
    }
    return {};
}

/// A name that any file system and any journal takes.
std::string plain(std::string_view name) {
    std::string text(name.substr(0, 60));
    std::ranges::replace_if(text, [](char c) { return c <= ' ' || c > '~' || c == '"'; }, '_');
    return text;
}

}  // namespace

Result<Step> plan_step(const PlannedChange& change, const std::vector<Step>& earlier,
                       const Workshop& shop) {
    Step step{.fixer = change.fixer};
    const auto one = [&](StepKind kind, const auto& edit) -> Result<Step> {
        auto file = touched_by(edit, earlier, shop);
        if (!file) return std::unexpected(std::move(file.error()));
        step.kind = kind;
        if (file->after.kind != FileState::Kind::absent)
            step.folders = missing_folders(file->path, shop.files);
        step.touched.push_back(std::move(*file));
        return step;
    };
    if (const auto* file = std::get_if<FileEdit>(&change.change)) return one(StepKind::file, *file);
    if (const auto* mode = std::get_if<ModeEdit>(&change.change)) return one(StepKind::mode, *mode);
    if (const auto* link = std::get_if<LinkEdit>(&change.change)) return one(StepKind::link, *link);
    if (const auto* edit = std::get_if<RegistryEdit>(&change.change)) {
        auto value = touched_by(*edit, earlier, shop);
        if (!value) return std::unexpected(std::move(value.error()));
        step.kind = StepKind::registry;
        step.reversible = !value->secret;
        step.values.push_back(std::move(*value));
        return step;
    }
    const auto* command = std::get_if<CommandStep>(&change.change);
    if (command == nullptr || command->argv.empty())
        return failure(Errc::unsupported, change.fixer + ": a change that this system has not");
    auto files = touched_by(*command, shop);
    if (!files) return std::unexpected(std::move(files.error()));
    step.kind = StepKind::command;
    step.touched = std::move(*files);
    step.argv = command->argv;
    step.inverse = command->inverse;
    step.reversible = command->reversible;
    return step;
}

Result<void> keep_copies(Step& step, const std::string& run_id, Workshop& shop) {
    std::size_t number = 0;
    for (auto& file : step.touched) {
        if (step.kind == StepKind::command) {
            // Earlier steps may have changed it: what counts is what is there before the command.
            const auto now = state_at(shop.files, file.path);
            if (!now) return std::unexpected(now.error());
            file.before = *now;
        }
        if (file.before.kind != FileState::Kind::file || step.kind == StepKind::mode) continue;
        file.backup = std::to_string(step.number) + "." + std::to_string(++number) + "-" +
                      plain(file.path.name());
        if (auto copied = shop.writer.copy(file.path, run_folder(run_id) / file.backup); !copied)
            return copied;
    }
    return {};
}

Result<void> do_step(Step& step, const Change& change, Workshop& shop) {
    if (const auto* command = std::get_if<CommandStep>(&change)) {
        if (auto ran = run_command(command->argv, command->timeout, shop); !ran) return ran;
        return verify_made(step, *command, shop);
    }
    if (step.kind == StepKind::registry) return change_value(step.values.front(), shop);
    return change_file(step, change, shop);
}

Result<void> undo_step(const Step& step, const std::string& run_id, Workshop& shop) {
    if (!step.inverse.empty()) {
        if (shop.commands == nullptr)
            return failure(Errc::unsupported, step.inverse.front() + ": cannot run here");
        if (auto ran = run_command(step.inverse, kInverseTimeout, shop); !ran) return ran;
    }
    for (const auto& value : step.values)
        if (auto done = put_back(value, shop); !done) return done;
    for (const auto& file : step.touched)
        if (auto done = put_back(step, file, run_id, shop); !done) return done;
    // One that somebody has put something into meanwhile stays.
    for (auto folder = step.folders.rbegin(); folder != step.folders.rend(); ++folder)
        (void)shop.writer.remove_directory(*folder);
    return {};
}

Result<void> can_undo(const Run& run, const Workshop& shop,
                      const std::function<bool(const Step&)>& chosen) {
    ComingFiles files;
    ComingValues values;
    for (auto step = run.steps.rbegin(); step != run.steps.rend(); ++step) {
        if (step->undone || !chosen(*step)) continue;
        if (!step->inverse.empty() && shop.commands == nullptr)
            return failure(Errc::unsupported, step->inverse.front() + ": cannot run here");
        for (const auto& value : step->values)
            if (auto fits = can_put_back(value, run, shop, values); !fits) return fits;
        for (const auto& file : step->touched)
            if (auto fits = can_put_back(*step, file, run, shop, files); !fits) return fits;
    }
    return {};
}

}  // namespace guestprep
