// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agent/collect/firewall_sources.h"
#include "agent/core/text.h"
#include "agent/formats/nft_ruleset.h"

namespace guestprep {
namespace {

constexpr std::string_view kServices[] = {"nftables"};
/// Debian, Arch; RHEL, Fedora; Alpine, Gentoo. Where several are there, the unit says which.
constexpr std::string_view kFiles[] = {"/etc/nftables.conf", "/etc/sysconfig/nftables.conf",
                                       "/etc/nftables.nft", "/var/lib/nftables/rules-save"};
constexpr std::string_view kUnits[] = {"/etc/systemd/system/nftables.service",
                                       "/usr/lib/systemd/system/nftables.service",
                                       "/lib/systemd/system/nftables.service"};

std::string_view rules_file(const FileReader& files) {
    std::string unit;
    for (const auto path : kUnits)
        if (auto text = files.read(GuestPath(path)); text && unit.empty()) unit = std::move(*text);
    for (const auto path : kFiles)
        if (contains(unit, path)) return path;
    for (const auto path : kFiles)
        if (files.exists(GuestPath(path))) return path;
    return {};
}

using Files = std::vector<std::pair<std::string, std::string>>;

/// What "include" finds: a pattern may match nothing, a name without one must be there.
std::optional<Files> included(const FileReader& files, std::string_view name) {
    const GuestPath path(name.starts_with('/') ? std::string(name) : "/etc/" + std::string(name));
    Files out;
    if (name.find_first_of("*?[") == std::string_view::npos) {
        auto text = files.read(path);
        if (!text) return std::nullopt;
        out.emplace_back(path.str(), std::move(*text));
        return out;
    }
    // A pattern in a folder's name is followed by nobody here; it is rather a doubt.
    if (path.parent().str().find_first_of("*?[") != std::string::npos) return std::nullopt;
    const auto names = files.list(path.parent());
    if (!names) return names.error().code == Errc::not_found ? std::optional(out) : std::nullopt;
    for (const auto& entry : *names) {
        if (entry.starts_with('.') || !matches_glob(path.name(), entry)) continue;
        auto text = files.read(path.parent() / entry);
        if (!text) return std::nullopt;
        out.emplace_back((path.parent() / entry).str(), std::move(*text));
    }
    return out;
}

Fact<PacketFilter> rules_in(const FileReader& files, std::string_view path) {
    const auto text = files.read(GuestPath(path));
    if (!text) return std::unexpected(text.error());
    return filter_of(read_nft(read_nft_tokens(
        path, *text, [&](std::string_view name) { return included(files, name); })));
}

}  // namespace

void find_nftables(const FirewallSearch& search) {
    const auto file = rules_file(search.host.files);
    if (file.empty() || !search.host.files.exists(GuestPath(file))) return;
    if (auto service = search.starting("nftables", kServices))
        search.found.at_boot.push_back(
            {"nftables", std::move(*service), rules_in(search.host.files, file)});
}

}  // namespace guestprep
