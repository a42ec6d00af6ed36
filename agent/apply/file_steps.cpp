// SPDX-License-Identifier: Apache-2.0
#include "agent/apply/file_steps.h"

#include <algorithm>
#include <utility>

namespace guestprep {
namespace {

bool is_of(const Touched& file, const GuestPath& path) {
    return file.path == path || std::ranges::find(file.other_names, path) != file.other_names.end();
}

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

}  // namespace

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

/// The directories above `path` that are not there, the outermost first.
std::vector<GuestPath> missing_folders(const GuestPath& path, const FileReader& files) {
    std::vector<GuestPath> missing;
    for (auto folder = path.parent(); !files.exists(folder); folder = folder.parent())
        missing.insert(missing.begin(), folder);
    return missing;
}

Result<void> change_file(const Step& step, const Change& change, Workshop& shop) {
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

Result<void> can_put_back(const Step& step, const Touched& file, const Run& run,
                          const Workshop& shop, ComingFiles& coming) {
    std::vector<FileState> states;
    if (const auto known = coming.find(file.path); known != coming.end()) {
        states.push_back(known->second);
    } else {
        auto now = states_of(file, shop.files);
        if (!now) return std::unexpected(now.error());
        states = std::move(*now);
    }
    for (const auto& now : states)
        if (!is_one_of(now, file.before, file.after, step.kind == StepKind::mode))
            return failure(Errc::host_changed,
                           file.path.str() + ": was changed since (" + words_for(now) + " now, " +
                               words_for(file.after) + " after run " + run.id +
                               "); nothing was touched. Its copy from before is " +
                               (run_folder(run.id) / file.backup).str());
    coming.insert_or_assign(file.path, file.before);
    return {};
}

}  // namespace guestprep
