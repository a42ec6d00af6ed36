// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>

#include "agent/collect/collect.h"
#include "agent/core/text.h"
#include "agent/formats/shell_assignments.h"

namespace guestprep {
namespace {

/// Where the import writes: drivers, boot files, logs, configuration.
constexpr std::string_view kDirectories[] = {"/", "/boot", "/etc", "/tmp", "/usr", "/var"};

/// True where another file system than the root's may hold the path.
bool may_lie_elsewhere(const std::vector<FstabEntry>& entries, std::string_view path) {
    return std::ranges::any_of(entries, [&](const FstabEntry& entry) {
        return entry.mount_point.size() > 1 && path.starts_with(entry.mount_point + "/");
    });
}

std::vector<std::string> missing_files(const Host& host, const std::vector<FstabEntry>& entries) {
    std::vector<std::string> missing;
    for (const auto& entry : entries) {
        if (entry.kind != SpecKind::file || entry.is_on_demand()) continue;
        // In a directory the other file systems are not mounted: absence there proves nothing.
        if (!host.running && may_lie_elsewhere(entries, entry.spec)) continue;
        const auto info = host.files.info(GuestPath(entry.spec));
        if (!info && info.error().code == Errc::not_found) missing.push_back(entry.spec);
    }
    return missing;
}

Fact<FstabFacts> read_fstab(const Host& host) {
    const GuestPath path("/etc/fstab");
    auto text = host.files.read(path);
    const auto target = host.files.link(path);
    // A link into a disk that is not here: there is an fstab, and this is not it.
    if (!text && text.error().code == Errc::not_found && target)
        return failure(Errc::wrong_type,
                       path.str() + ": is a link to " + shown(*target) + ", which is not there");
    if (!text) return std::unexpected(text.error());
    if (text->find('\0') != std::string::npos)
        return failure(Errc::bad_syntax,
                       "/etc/fstab holds NUL bytes: damaged, or not in a text encoding that "
                       "mount(8) reads");
    const auto fstab = Fstab::parse(*text);
    FstabFacts facts;
    for (const auto& entry : fstab.entries()) facts.entries.push_back(entry.redacted());
    facts.malformed_lines = fstab.malformed_lines();
    facts.has_crlf = fstab.has_crlf();
    facts.is_utf8 = to_utf8(*text) == *text;
    facts.link_to = target.value_or("");
    facts.missing_files = missing_files(host, facts.entries);
    facts.text = std::move(*text);
    return facts;
}

Fact<std::vector<CrypttabEntry>> read_crypttab(const Host& host) {
    const auto text = host.files.read(GuestPath("/etc/crypttab"));
    if (text) return parse_crypttab(*text);
    if (text.error().code == Errc::not_found) return std::vector<CrypttabEntry>();
    return std::unexpected(text.error());
}

/// "8:1" from st_dev, as glibc and musl both lay it out.
std::string number_of(std::uint64_t device) {
    const auto major = ((device >> 8U) & 0xFFFU) | ((device >> 32U) & ~std::uint64_t{0xFFF});
    const auto minor = (device & 0xFFU) | ((device >> 12U) & ~std::uint64_t{0xFF});
    return std::to_string(major) + ":" + std::to_string(minor);
}

Fact<std::vector<Mount>> read_mounts(const Host& host) {
    if (!host.running)
        return failure(Errc::unsupported, "what is mounted cannot be seen from a directory");
    if (const auto table = host.files.read(GuestPath("/proc/self/mountinfo")))
        return parse_mountinfo(*table);
    const auto table = host.files.read(GuestPath("/proc/mounts"));
    if (!table) return std::unexpected(table.error());
    // Before Linux 2.6.26. "rootfs" comes first there, and "/dev/root" names no device: the
    // directory itself tells which it is on.
    auto mounts = parse_mounts(*table);
    std::erase_if(mounts, [](const Mount& mount) { return mount.type == "rootfs"; });
    for (auto& mount : mounts)
        if (mount.source.starts_with("/dev/"))
            if (const auto info = host.files.info(GuestPath(mount.mount_point)))
                mount.number = number_of(info->device);
    return mounts;
}

/// Room in a directory; nothing where its content is not kept on a disk.
void add_space(const Host& host, StorageFacts& storage, std::string_view directory) {
    const auto* mount = mount_at(storage, directory);
    const auto* entry = fstab_entry_at(storage, directory);
    if ((mount != nullptr && mount->type == "tmpfs") ||
        (entry != nullptr && entry->kind == SpecKind::pseudo))
        return;
    const GuestPath path(directory);
    const auto root = host.files.info(GuestPath("/"));
    const auto info = host.files.info(path);
    if (!info && info.error().code == Errc::not_found) return;
    auto& fact = storage.space[std::string(directory)];
    const bool on_root = root && info && root->device == info->device;
    if (directory != "/" && on_root && entry != nullptr && !entry->is_bind()) {
        fact = failure(Errc::unsupported, std::string(directory) +
                                              " is a file system of its own by /etc/fstab and is "
                                              "not mounted here");
        return;
    }
    const auto space = host.files.space(path);
    if (!space) {
        fact = std::unexpected(space.error());
        return;
    }
    fact = Space{.mount_point = on_root ? "/" : std::string(directory),
                 .free_bytes = space->free_bytes,
                 .total_bytes = space->total_bytes,
                 .free_inodes = space->free_inodes,
                 .total_inodes = space->total_inodes};
}

Fact<std::vector<std::string>> read_swaps(const Host& host) {
    if (!host.running)
        return failure(Errc::unsupported, "what is swapped to cannot be seen from a directory");
    const auto table = host.files.read(GuestPath("/proc/swaps"));
    if (!table) return std::unexpected(table.error());
    std::vector<std::string> swaps;
    for (const auto line : lines_of(*table))
        if (line.starts_with('/')) swaps.push_back(unescape_mount_field(words_of(line).front()));
    return swaps;
}

Fact<std::string> read_resume(const Host& host) {
    const GuestPath path("/etc/initramfs-tools/conf.d/resume");
    const auto text = host.files.read(path);
    if (!text) return std::unexpected(text.error());
    if (auto resume = ShellAssignments::parse(*text).value("RESUME")) return *resume;
    return failure(Errc::not_found, path.str() + ": RESUME is not set");
}

}  // namespace

void collect_storage(const Host& host, Facts& facts) {
    auto& storage = facts.storage;
    storage.seen_at =
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(
                                       std::chrono::system_clock::now().time_since_epoch())
                                       .count());
    storage.fstab = read_fstab(host);
    storage.crypttab = read_crypttab(host);
    storage.mounts = read_mounts(host);
    storage.devices = host.devices.list();
    storage.swaps = read_swaps(host);
    storage.resume = read_resume(host);
    for (const auto directory : kDirectories) add_space(host, storage, directory);
}

}  // namespace guestprep
