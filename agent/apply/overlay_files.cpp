// SPDX-License-Identifier: Apache-2.0
#include "agent/apply/overlay_files.h"

#include <algorithm>
#include <deque>

namespace guestprep {
namespace {

std::unexpected<Error> not_there(const GuestPath& path) {
    return failure(Errc::not_found, path.str() + ": no such file");
}

std::deque<std::string> parts_of(const GuestPath& path) {
    std::deque<std::string> parts;
    for (auto at = path; at != GuestPath("/"); at = at.parent()) parts.emplace_front(at.name());
    return parts;
}

}  // namespace

void OverlayFiles::put(const GuestPath& path, bool follow_last, Entry entry) {
    auto place = walk(path, follow_last);
    if (!place) {
        // Its directory comes with it.
        const auto parent = walk(path.parent(), true);
        place = (parent ? *parent : path.parent()) / path.name();
    }
    if (entry.kind != Entry::Kind::removed)
        for (auto folder = place->parent(); !files_.exists(folder) && folder != GuestPath("/");
             folder = folder.parent())
            folders_.insert(folder);
    entries_.insert_or_assign(*place, std::move(entry));
}

void OverlayFiles::lay(const Change& change) {
    if (const auto* file = std::get_if<FileEdit>(&change)) {
        FileMode mode = file->mode;
        if (const auto now = info(file->path); file->before && now)
            mode = {now->permissions, now->uid, now->gid};
        put(file->path, file->after.has_value(),
            file->after ? Entry{Entry::Kind::text, *file->after, mode}
                        : Entry{Entry::Kind::removed, {}, {}});
    } else if (const auto* link = std::get_if<LinkEdit>(&change)) {
        put(link->path, false,
            link->after ? Entry{Entry::Kind::link, *link->after, {}}
                        : Entry{Entry::Kind::removed, {}, {}});
    } else if (const auto* mode = std::get_if<ModeEdit>(&change)) {
        const auto place = walk(mode->path, true);
        if (!place) return;
        const auto found = entries_.find(*place);
        if (found != entries_.end())
            found->second.mode = mode->after;
        else
            modes_.insert_or_assign(*place, mode->after);
    }
}

const OverlayFiles::Entry* OverlayFiles::entry_at(const GuestPath& path) const {
    const auto found = entries_.find(path);
    return found == entries_.end() ? nullptr : &found->second;
}

Result<GuestPath> OverlayFiles::walk(const GuestPath& path, bool follow_last) const {
    constexpr int kMostLinks = 40;
    int links = 0;
    auto left = parts_of(path);
    GuestPath at("/");
    while (!left.empty()) {
        const auto next = at / left.front();
        left.pop_front();
        const auto* entry = entry_at(next);
        std::optional<std::string> target;
        if (entry != nullptr && entry->kind == Entry::Kind::link) {
            target = entry->text;
        } else if (entry == nullptr && !folders_.contains(next)) {
            const auto info = files_.link_info(next);
            if (info && info->kind == FileKind::link) {
                auto said = files_.link(next);
                if (!said) return std::unexpected(said.error());
                target = std::move(*said);
            } else if (!info && !(left.empty() && info.error().code == Errc::not_found)) {
                return std::unexpected(info.error());
            }
        }
        if (!target || (left.empty() && !follow_last)) {
            at = next;
            continue;
        }
        if (++links > kMostLinks)
            return failure(Errc::io, path.str() + ": too many levels of symbolic links");
        auto more = parts_of(next.link_target(*target));
        left.insert(left.begin(), more.begin(), more.end());
        at = GuestPath("/");
    }
    return at;
}

Result<FileInfo> OverlayFiles::info_at(const GuestPath& resolved) const {
    const auto* entry = entry_at(resolved);
    if (entry == nullptr) {
        if (folders_.contains(resolved))
            return FileInfo{.kind = FileKind::directory, .permissions = 0755};
        auto info = files_.link_info(resolved);
        if (const auto mode = modes_.find(resolved); info && mode != modes_.end()) {
            info->permissions = mode->second.permissions;
            info->uid = mode->second.uid;
            info->gid = mode->second.gid;
        }
        return info;
    }
    if (entry->kind == Entry::Kind::removed) return not_there(resolved);
    auto info = files_.link_info(resolved).value_or(FileInfo{});
    info.kind = entry->kind == Entry::Kind::link ? FileKind::link : FileKind::regular;
    info.permissions = info.kind == FileKind::link ? 0777 : entry->mode.permissions;
    info.uid = entry->mode.uid;
    info.gid = entry->mode.gid;
    info.size = entry->text.size();
    return info;
}

Result<std::string> OverlayFiles::read(const GuestPath& path, std::size_t most) const {
    const auto place = walk(path, true);
    if (!place) return std::unexpected(place.error());
    const auto* entry = entry_at(*place);
    if (entry == nullptr) return files_.read(*place, most);
    if (entry->kind == Entry::Kind::removed) return not_there(path);
    if (entry->text.size() > most)
        return failure(Errc::too_large,
                       path.str() + ": larger than " + std::to_string(most) + " bytes");
    return entry->text;
}

Result<std::unique_ptr<ByteSource>> OverlayFiles::open(const GuestPath& path) const {
    const auto place = walk(path, true);
    if (!place) return std::unexpected(place.error());
    const auto* entry = entry_at(*place);
    if (entry == nullptr) return files_.open(*place);
    if (entry->kind == Entry::Kind::removed) return not_there(path);
    return std::make_unique<TextSource>(entry->text);
}

Result<FileInfo> OverlayFiles::info(const GuestPath& path) const {
    const auto place = walk(path, true);
    if (!place) return std::unexpected(place.error());
    return info_at(*place);
}

Result<FileInfo> OverlayFiles::link_info(const GuestPath& path) const {
    const auto place = walk(path, false);
    if (!place) return std::unexpected(place.error());
    return info_at(*place);
}

Result<std::vector<std::string>> OverlayFiles::list(const GuestPath& path) const {
    const auto place = walk(path, true);
    if (!place) return std::unexpected(place.error());
    auto names = folders_.contains(*place) && !files_.exists(*place)
                     ? Result<std::vector<std::string>>(std::vector<std::string>{})
                     : files_.list(*place);
    if (!names) return names;
    std::set<std::string> all(names->begin(), names->end());
    for (const auto& [at, entry] : entries_) {
        if (at.parent() != *place || at == GuestPath("/")) continue;
        if (entry.kind == Entry::Kind::removed)
            all.erase(std::string(at.name()));
        else
            all.emplace(at.name());
    }
    for (const auto& folder : folders_)
        if (folder.parent() == *place) all.emplace(folder.name());
    return std::vector<std::string>(all.begin(), all.end());
}

Result<std::string> OverlayFiles::link(const GuestPath& path) const {
    const auto place = walk(path, false);
    if (!place) return std::unexpected(place.error());
    const auto* entry = entry_at(*place);
    if (entry == nullptr) return files_.link(*place);
    if (entry->kind == Entry::Kind::link) return entry->text;
    if (entry->kind == Entry::Kind::removed) return not_there(path);
    return failure(Errc::wrong_type, path.str() + ": no link");
}

Result<GuestPath> OverlayFiles::resolve(const GuestPath& path) const {
    auto place = walk(path, true);
    if (!place) return place;
    if (auto info = info_at(*place); !info) return std::unexpected(info.error());
    return place;
}

Result<FileSystemSpace> OverlayFiles::space(const GuestPath& path) const {
    return files_.space(path);
}

}  // namespace guestprep
