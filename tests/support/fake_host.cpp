// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_host.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

Error missing(const GuestPath& path) { return {Errc::not_found, path.str() + ": no such file"}; }
Error denied(const GuestPath& path) {
    return {Errc::access_denied, path.str() + ": permission denied"};
}

}  // namespace

void FakeFiles::add(std::string_view path, Node node) {
    const GuestPath place(path);
    node.info.size = node.text.size();
    node.info.inode = nodes_.size() + 1;
    for (auto up = place.parent(); up.str() != "/"; up = up.parent())
        if (!nodes_.contains(up))
            nodes_[up] = {{.kind = FileKind::directory, .permissions = 0755}, {}};
    nodes_[place] = std::move(node);
}

FakeFiles& FakeFiles::file(std::string_view path, std::string text, std::uint32_t permissions,
                           std::uint32_t uid, std::uint32_t gid) {
    add(path, {{.kind = FileKind::regular, .permissions = permissions, .uid = uid, .gid = gid},
               std::move(text)});
    return *this;
}

FakeFiles& FakeFiles::directory(std::string_view path, std::uint32_t permissions, std::uint32_t uid,
                                std::uint32_t gid) {
    add(path,
        {{.kind = FileKind::directory, .permissions = permissions, .uid = uid, .gid = gid}, {}});
    return *this;
}

FakeFiles& FakeFiles::link(std::string_view path, std::string target) {
    add(path, {{.kind = FileKind::link, .permissions = 0777}, std::move(target)});
    return *this;
}

FakeFiles& FakeFiles::special(std::string_view path, FileKind kind) {
    add(path, {{.kind = kind, .permissions = 0644}, {}});
    return *this;
}

FakeFiles& FakeFiles::deny(std::string_view path) {
    denied_.insert(GuestPath(path));
    return *this;
}

FakeFiles& FakeFiles::on_device(std::string_view path, std::uint64_t device) {
    nodes_.at(GuestPath(path)).info.device = device;
    return *this;
}

FakeFiles& FakeFiles::has_space(std::string_view path, FileSystemSpace space) {
    spaces_[GuestPath(path)] = space;
    return *this;
}

Result<const FakeFiles::Node*> FakeFiles::find(const GuestPath& path, bool follow,
                                               GuestPath* real) const {
    static const Node kRoot{{.kind = FileKind::directory, .permissions = 0755}, {}};
    GuestPath place = path;
    for (int links = 0; links < 40; ++links) {
        bool moved = false;
        GuestPath walked;
        const auto parts = split(std::string_view(place.str()).substr(1), '/');
        for (std::size_t i = 0; i < parts.size() && !parts[i].empty(); ++i) {
            walked = walked / parts[i];
            const auto found = nodes_.find(walked);
            if (found == nodes_.end()) return std::unexpected(missing(path));
            const bool last = i + 1 == parts.size();
            if (found->second.info.kind != FileKind::link || (last && !follow)) continue;
            auto target = walked.link_target(found->second.text);
            for (std::size_t k = i + 1; k < parts.size(); ++k) target = target / parts[k];
            place = target;
            moved = true;
            break;
        }
        if (moved) continue;
        if (real != nullptr) *real = place;
        if (place.str() == "/") return &kRoot;
        return &nodes_.at(place);
    }
    return failure(Errc::io, path.str() + ": too many levels of symbolic links");
}

Result<std::string> FakeFiles::read(const GuestPath& path, std::size_t most) const {
    GuestPath real;
    const auto node = find(path, true, &real);
    if (!node) return std::unexpected(node.error());
    if (denied_.contains(real) || denied_.contains(path)) return std::unexpected(denied(path));
    if ((*node)->info.kind != FileKind::regular)
        return failure(Errc::wrong_type, path.str() + ": not a file");
    if ((*node)->text.size() > most) return failure(Errc::too_large, path.str() + ": too large");
    return (*node)->text;
}

Result<std::unique_ptr<ByteSource>> FakeFiles::open(const GuestPath& path) const {
    auto text = read(path, std::size_t{1} << 40);
    if (!text) return std::unexpected(text.error());
    return std::make_unique<TextSource>(std::move(*text));
}

Result<FileInfo> FakeFiles::info(const GuestPath& path) const {
    const auto node = find(path, true);
    if (!node) return std::unexpected(node.error());
    return (*node)->info;
}

Result<FileInfo> FakeFiles::link_info(const GuestPath& path) const {
    const auto node = find(path, false);
    if (!node) return std::unexpected(node.error());
    return (*node)->info;
}

Result<std::vector<std::string>> FakeFiles::list(const GuestPath& path) const {
    GuestPath real;
    const auto node = find(path, true, &real);
    if (!node) return std::unexpected(node.error());
    if (denied_.contains(real)) return std::unexpected(denied(path));
    if ((*node)->info.kind != FileKind::directory)
        return failure(Errc::wrong_type, path.str() + ": not a directory");
    std::vector<std::string> names;
    for (const auto& [place, unused] : nodes_)
        if (place.parent() == real) names.emplace_back(place.name());
    std::ranges::sort(names);
    return names;
}

Result<std::string> FakeFiles::link(const GuestPath& path) const {
    const auto node = find(path, false);
    if (!node) return std::unexpected(node.error());
    if ((*node)->info.kind != FileKind::link)
        return failure(Errc::wrong_type, path.str() + ": no link");
    return (*node)->text;
}

Result<GuestPath> FakeFiles::resolve(const GuestPath& path) const {
    GuestPath real;
    const auto node = find(path, true, &real);
    if (!node) return std::unexpected(node.error());
    return real;
}

FakeFiles& FakeFiles::has_flags(std::string_view path, FileFlags flags) {
    flags_[GuestPath(path)] = flags;
    return *this;
}

Result<FileFlags> FakeFiles::flags(const GuestPath& path) const {
    const auto node = find(path, true);
    if (!node) return std::unexpected(node.error());
    const auto set = flags_.find(path);
    return set == flags_.end() ? FileFlags{} : set->second;
}

Result<FileSystemSpace> FakeFiles::space(const GuestPath& path) const {
    const auto found = spaces_.find(path);
    if (found == spaces_.end()) return failure(Errc::unsupported, path.str() + ": no space known");
    return found->second;
}

FakeCommands& FakeCommands::on(std::string command_line, CommandOutput output) {
    outputs_[std::move(command_line)] = std::move(output);
    return *this;
}

Result<CommandOutput> FakeCommands::run(const Command& command) const {
    const auto line = join(command.argv, " ");
    asked_.push_back(line);
    const auto found = outputs_.find(line);
    if (found == outputs_.end()) return failure(Errc::not_found, line + ": no such program");
    return found->second;
}

}  // namespace guestprep
