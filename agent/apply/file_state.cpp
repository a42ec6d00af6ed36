// SPDX-License-Identifier: Apache-2.0
#include "agent/apply/file_state.h"

#include <cstddef>

namespace guestprep {

std::uint64_t fnv1a(std::string_view bytes, std::uint64_t so_far) {
    for (const char c : bytes) so_far = (so_far ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return so_far;
}

FileState state_of_text(std::string_view text) {
    return {.kind = FileState::Kind::file, .size = text.size(), .hash = fnv1a(text), .target = {}};
}

Result<FileState> state_at(const FileReader& files, const GuestPath& path) {
    const auto info = files.link_info(path);
    if (!info) {
        if (info.error().code == Errc::not_found) return FileState{};
        return std::unexpected(info.error());
    }
    FileState state{.permissions = info->permissions, .uid = info->uid, .gid = info->gid};
    if (info->kind == FileKind::link) {
        const auto target = files.link(path);
        if (!target) return std::unexpected(target.error());
        state.kind = FileState::Kind::link;
        state.target = *target;
        return state;
    }
    if (info->kind != FileKind::regular) {
        state.kind = FileState::Kind::other;
        return state;
    }
    const auto source = files.open(path);
    if (!source) return std::unexpected(source.error());
    state.kind = FileState::Kind::file;
    state.hash = fnv1a({});
    std::array<std::byte, 16384> buffer;
    for (;;) {
        const auto n = (*source)->read(buffer);
        if (!n) return std::unexpected(n.error());
        if (*n == 0) return state;
        state.size += *n;
        state.hash = fnv1a({reinterpret_cast<const char*>(buffer.data()), *n}, state.hash);
    }
}

bool same_content(const FileState& a, const FileState& b) {
    return a.kind == b.kind && a.size == b.size && a.hash == b.hash && a.target == b.target;
}

std::string words_for(const FileState& state) {
    switch (state.kind) {
        case FileState::Kind::absent:
            return "absent";
        case FileState::Kind::file:
            return "a file of " + std::to_string(state.size) + " bytes";
        case FileState::Kind::link:
            return "a link to " + state.target;
        case FileState::Kind::other:
            break;
    }
    return "neither a file nor a link";
}

Result<std::vector<GuestPath>> other_names(const FileReader& files, const GuestPath& path) {
    constexpr std::size_t kMostFolders = 20'000;
    std::vector<GuestPath> names;
    const auto file = files.info(path);
    if (!file) return std::unexpected(file.error());
    if (file->names <= 1) return names;
    auto top = path.parent();
    while (top.parent().str() != "/") top = top.parent();
    std::vector<GuestPath> folders = {top};
    for (std::size_t seen = 0; seen < folders.size() && seen < kMostFolders; ++seen) {
        const auto folder = folders[seen];  // the list grows
        const auto entries = files.list(folder);
        if (!entries) continue;
        for (const auto& entry : *entries) {
            const auto place = folder / entry;
            const auto info = files.link_info(place);
            if (!info || info->device != file->device) continue;
            if (info->kind == FileKind::directory) folders.push_back(place);
            if (info->kind == FileKind::regular && info->inode == file->inode && place != path)
                names.push_back(place);
            if (names.size() + 1 == file->names) return names;
        }
    }
    return failure(Errc::unsupported, path.str() + ": has " + std::to_string(file->names) +
                                          " names (hard links), " +
                                          std::to_string(names.size() + 1) + " of them below " +
                                          top.str() + "; changing it would part them");
}

Result<GuestPath> landing_place(const FileReader& files, const GuestPath& path) {
    auto whole = files.resolve(path);
    if (whole || whole.error().code != Errc::not_found) return whole;
    // A dangling link: a file made there would appear at the link's target, unseen until now.
    if (const auto link = files.link_info(path); link && link->kind == FileKind::link)
        return failure(Errc::unsupported, path.str() + ": is a link that leads nowhere");
    const auto parent = landing_place(files, path.parent());
    if (!parent) return parent;
    return *parent / path.name();
}

}  // namespace guestprep
