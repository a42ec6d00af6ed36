// SPDX-License-Identifier: Apache-2.0
#include "agent/apply/steps.h"

#include <algorithm>
#include <map>
#include <utility>

#include "agent/formats/registry_value.h"

namespace guestprep {
namespace {

bool is_of(const Touched& file, const GuestPath& path) {
    return file.path == path || std::ranges::find(file.other_names, path) != file.other_names.end();
}

constexpr std::chrono::seconds kInverseTimeout{300};

/// What a path will be when the steps so far are done.
Result<FileState> state_after(const GuestPath& path, const std::vector<Step>& steps,
                              const FileReader& files) {
    for (auto step = steps.rbegin(); step != steps.rend(); ++step)
        for (const auto& file : step->touched)
            if (step->kind != StepKind::command && is_of(file, path)) return file.after;
    return state_at(files, path);
}

FileMode mode_of(const FileState& state) { return {state.permissions, state.uid, state.gid}; }

bool is_one_of(const FileState& now, const FileState& before, const FileState& after,
               bool by_mode) {
    if (by_mode && mode_of(now) != mode_of(before) && mode_of(now) != mode_of(after)) return false;
    return same_content(now, before) || same_content(now, after);
}

/// What stands at each of a file's names, the path first.
Result<std::vector<FileState>> states_of(const Touched& file, const FileReader& files) {
    std::vector<FileState> states;
    const auto look = [&](const GuestPath& path) -> Result<void> {
        auto state = state_at(files, path);
        if (!state) return std::unexpected(state.error());
        states.push_back(std::move(*state));
        return {};
    };
    if (auto done = look(file.path); !done) return std::unexpected(done.error());
    for (const auto& name : file.other_names)
        if (auto done = look(name); !done) return std::unexpected(done.error());
    return states;
}

Error changed(const GuestPath& path, const FileState& found, const std::string& wanted) {
    return {Errc::host_changed, path.str() + ": is not what was looked at (" + words_for(found) +
                                    " now, " + wanted + " then); nothing was touched"};
}

FileState with_mode(FileState state, const FileMode& mode) {
    state.permissions = mode.permissions;
    state.uid = mode.uid;
    state.gid = mode.gid;
    return state;
}

Result<Touched> touched_by(const FileEdit& edit, const std::vector<Step>& earlier,
                           const Workshop& shop) {
    const auto place = landing_place(shop.files, edit.path);
    if (!place) return std::unexpected(place.error());
    const auto now = state_after(*place, earlier, shop.files);
    if (!now) return std::unexpected(now.error());
    const auto then = edit.before ? state_of_text(*edit.before) : FileState{};
    if (!same_content(*now, then))
        return std::unexpected(changed(edit.path, *now, words_for(then)));
    Touched file{.path = *place, .before = *now, .after = {}, .backup = {}, .other_names = {}};
    if (!edit.after) return file;
    if (edit.before && shop.files.exists(*place)) {
        auto names = other_names(shop.files, *place);
        if (!names) return std::unexpected(names.error());
        file.other_names = std::move(*names);
    }
    const FileMode mode = edit.before ? FileMode{now->permissions, now->uid, now->gid} : edit.mode;
    file.after = with_mode(state_of_text(*edit.after), mode);
    return file;
}

Result<Touched> touched_by(const ModeEdit& edit, const std::vector<Step>& earlier,
                           const Workshop& shop) {
    const auto place = shop.files.resolve(edit.path);
    if (!place) return std::unexpected(place.error());
    const auto now = state_after(*place, earlier, shop.files);
    if (!now) return std::unexpected(now.error());
    if (FileMode{now->permissions, now->uid, now->gid} != edit.before)
        return failure(Errc::host_changed,
                       edit.path.str() + ": has another mode or owner meanwhile");
    return Touched{.path = *place,
                   .before = *now,
                   .after = with_mode(*now, edit.after),
                   .backup = {},
                   .other_names = {}};
}

Result<Touched> touched_by(const LinkEdit& edit, const std::vector<Step>& earlier,
                           const Workshop& shop) {
    const auto folder = landing_place(shop.files, edit.path.parent());
    if (!folder) return std::unexpected(folder.error());
    const auto path = *folder / edit.path.name();
    const auto now = state_after(path, earlier, shop.files);
    if (!now) return std::unexpected(now.error());
    const auto state = [](const std::optional<std::string>& target) {
        return target ? FileState{.kind = FileState::Kind::link, .target = *target} : FileState{};
    };
    if (!same_content(*now, state(edit.before)))
        return std::unexpected(changed(edit.path, *now, words_for(state(edit.before))));
    return Touched{
        .path = path, .before = *now, .after = state(edit.after), .backup = {}, .other_names = {}};
}

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

/// A value as it is now; nothing where it is not set.
Result<std::optional<RegistryValue>> value_now(const RegistryReader& registry,
                                               const std::string& key, const std::string& name) {
    auto value = registry.value(key, name);
    if (value) return std::optional(std::move(*value));
    if (value.error().code == Errc::not_found) return std::optional<RegistryValue>();
    return std::unexpected(value.error());
}

std::string words_for(const std::optional<RegistryValue>& value) {
    return value ? shown_value(*value) : "not set";
}

/// The keys on the way to `key` that are not there, the outermost first.
std::vector<std::string> missing_keys(const RegistryReader& registry, std::string key) {
    std::vector<std::string> missing;
    while (!key.empty()) {
        const auto values = registry.values(key);
        if (values || values.error().code != Errc::not_found) break;
        missing.insert(missing.begin(), key);
        key.resize(std::min(key.rfind('\\'), key.size()));
    }
    return missing;
}

Result<TouchedValue> touched_by(const RegistryEdit& edit, const std::vector<Step>& earlier,
                                const Workshop& shop) {
    if (shop.registry == nullptr || shop.registry_writer == nullptr)
        return failure(Errc::unsupported, edit.key + ": there is no registry here");
    TouchedValue touched{.key = edit.key, .name = edit.name, .after = edit.after};
    touched.secret = edit.secret;
    if (edit.secret) return touched;
    auto now = value_now(*shop.registry, edit.key, edit.name);
    if (!now) return std::unexpected(now.error());
    for (const auto& step : earlier)
        for (const auto& value : step.values)
            if (value.key == edit.key && value.name == edit.name) now = value.after;
    if (*now != edit.before)
        return failure(Errc::host_changed, edit.key + ", " + edit.name +
                                               ": is not what was looked at (" + words_for(*now) +
                                               " now, " + words_for(edit.before) +
                                               " then); nothing was touched");
    touched.before = std::move(*now);
    if (touched.after) touched.made_keys = missing_keys(*shop.registry, edit.key);
    return touched;
}

Result<void> write_value(const TouchedValue& value, const std::optional<RegistryValue>& wanted,
                         Workshop& shop) {
    if (!wanted) return shop.registry_writer->remove_value(value.key, value.name);
    if (auto set = shop.registry_writer->set(value.key, value.name, *wanted); !set)
        return std::unexpected(set.error());
    return {};
}

Result<void> change_value(const TouchedValue& value, Workshop& shop) {
    if (auto written = write_value(value, value.after, shop); !written) return written;
    const auto now = value_now(*shop.registry, value.key, value.name);
    if (!now) return std::unexpected(now.error());
    if (*now != value.after)
        return failure(Errc::io, value.key + ", " + value.name + ": is " + words_for(*now) +
                                     " after the change, not what was written");
    return {};
}

Result<void> put_back(const TouchedValue& value, Workshop& shop) {
    // It was removed, and what it was is not known.
    if (value.secret) return {};
    if (shop.registry == nullptr || shop.registry_writer == nullptr)
        return failure(Errc::unsupported, value.key + ": there is no registry here");
    const auto now = value_now(*shop.registry, value.key, value.name);
    if (!now) return std::unexpected(now.error());
    if (*now != value.before)
        if (auto written = write_value(value, value.before, shop); !written) return written;
    // One that somebody has put something into meanwhile stays.
    for (auto key = value.made_keys.rbegin(); key != value.made_keys.rend(); ++key)
        (void)shop.registry_writer->remove_empty_key(*key);
    return {};
}

Result<void> can_put_back(const TouchedValue& value, const std::optional<RegistryValue>& now,
                          const Run& run) {
    if (now == value.after || now == value.before) return {};
    return failure(Errc::host_changed,
                   value.key + ", " + value.name + ": was changed since (" + words_for(now) +
                       " now, " + words_for(value.after) + " after run " + run.id +
                       "); nothing was touched. It was " + words_for(value.before) + " before");
}

/// The directories above `path` that are not there, the outermost first.
std::vector<GuestPath> missing_folders(const GuestPath& path, const FileReader& files) {
    std::vector<GuestPath> missing;
    for (auto folder = path.parent(); !files.exists(folder); folder = folder.parent())
        missing.insert(missing.begin(), folder);
    return missing;
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

Result<void> share_with_all(const Touched& file, Workshop& shop) {
    for (const auto& name : file.other_names)
        if (auto done = shop.writer.share(file.path, name); !done) return done;
    return {};
}

Result<void> act(const FileEdit& edit, const Touched& file, Workshop& shop) {
    if (!edit.after) return shop.writer.remove(file.path);
    if (!edit.before) return shop.writer.create(file.path, *edit.after, edit.mode);
    if (auto done = shop.writer.replace(file.path, *edit.after); !done) return done;
    return share_with_all(file, shop);
}

Result<void> act(const ModeEdit& edit, const Touched& file, Workshop& shop) {
    return shop.writer.set_mode(file.path, edit.after);
}

Result<void> act(const LinkEdit& edit, const Touched& file, Workshop& shop) {
    if (!edit.after) return shop.writer.remove(file.path);
    return shop.writer.make_link(file.path, *edit.after);
}

/// The deed is looked at again: a writer's own word does not count.
Result<void> verify(const Step& step, const Workshop& shop) {
    for (const auto& file : step.touched) {
        const auto states = states_of(file, shop.files);
        if (!states) return std::unexpected(states.error());
        const bool has_mode =
            file.after.kind == FileState::Kind::file || file.after.kind == FileState::Kind::other;
        for (const auto& now : *states)
            if (!same_content(now, file.after) || (has_mode && mode_of(now) != mode_of(file.after)))
                return failure(Errc::io, file.path.str() + ": is " + words_for(now) +
                                             " after the change, not what was written");
    }
    return {};
}

/// A name that any file system and any journal takes.
std::string plain(std::string_view name) {
    std::string text(name.substr(0, 60));
    std::ranges::replace_if(
        text, [](char c) { return c <= ' ' || c > '~' || c == '"'; }, '_');
    return text;
}

Result<void> put_back(const Step& step, const Touched& file, const std::string& run_id,
                      Workshop& shop) {
    const auto states = states_of(file, shop.files);
    if (!states) return std::unexpected(states.error());
    const bool as_before = std::ranges::all_of(*states, [&](const FileState& now) {
        return same_content(now, file.before) &&
               (step.kind != StepKind::mode || mode_of(now) == mode_of(file.before));
    });
    if (as_before) return {};
    if (step.kind == StepKind::mode) return shop.writer.set_mode(file.path, mode_of(file.before));
    switch (file.before.kind) {
        case FileState::Kind::absent:
            return shop.writer.remove(file.path);
        case FileState::Kind::link:
            return shop.writer.make_link(file.path, file.before.target);
        case FileState::Kind::file:
            if (auto done = shop.writer.copy(run_folder(run_id) / file.backup, file.path); !done)
                return done;
            return share_with_all(file, shop);
        case FileState::Kind::other:
            break;
    }
    return failure(Errc::unsupported, file.path.str() + ": was " + words_for(file.before));
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
    for (const auto& folder : step.folders)
        if (auto made = shop.writer.make_directory(folder, 0755); !made) return made;
    const auto& file = step.touched.front();
    Result<void> done;
    if (const auto* edit = std::get_if<FileEdit>(&change)) done = act(*edit, file, shop);
    if (const auto* edit = std::get_if<ModeEdit>(&change)) done = act(*edit, file, shop);
    if (const auto* edit = std::get_if<LinkEdit>(&change)) done = act(*edit, file, shop);
    if (!done) return done;
    return verify(step, shop);
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
    // What each file will be when the steps after this one are taken back.
    std::map<GuestPath, FileState> becomes;
    std::map<std::pair<std::string, std::string>, std::optional<RegistryValue>> values;
    for (auto step = run.steps.rbegin(); step != run.steps.rend(); ++step) {
        if (step->undone || !chosen(*step)) continue;
        if (!step->inverse.empty() && shop.commands == nullptr)
            return failure(Errc::unsupported, step->inverse.front() + ": cannot run here");
        for (const auto& value : step->values) {
            if (value.secret) continue;
            if (shop.registry == nullptr)
                return failure(Errc::unsupported, value.key + ": there is no registry here");
            const std::pair place(value.key, value.name);
            if (!values.contains(place)) {
                auto now = value_now(*shop.registry, value.key, value.name);
                if (!now) return std::unexpected(now.error());
                values.emplace(place, std::move(*now));
            }
            if (auto fits = can_put_back(value, values.at(place), run); !fits) return fits;
            values.at(place) = value.before;
        }
        for (const auto& file : step->touched) {
            std::vector<FileState> states;
            if (const auto known = becomes.find(file.path); known != becomes.end()) {
                states.push_back(known->second);
            } else {
                auto now = states_of(file, shop.files);
                if (!now) return std::unexpected(now.error());
                states = std::move(*now);
            }
            for (const auto& now : states)
                if (!is_one_of(now, file.before, file.after, step->kind == StepKind::mode))
                    return failure(Errc::host_changed,
                                   file.path.str() + ": was changed since (" + words_for(now) +
                                       " now, " + words_for(file.after) + " after run " + run.id +
                                       "); nothing was touched. Its copy from before is " +
                                       (run_folder(run.id) / file.backup).str());
            becomes.insert_or_assign(file.path, file.before);
        }
    }
    return {};
}

}  // namespace guestprep
