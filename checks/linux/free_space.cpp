// SPDX-License-Identifier: Apache-2.0
//
// Requirement: 250 MiB are free on / (and on the other file systems that the import writes to).
// Why:         drivers, a new initramfs and copies of changed files have to fit.
// Source:      2018 document, Limitations; AWS support's instance checker (six directories).
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {"linux-mount-space"};
constexpr Variant kVariants[] = {
    {"boot", Severity::blocker, "/boot is a file system of its own and has too little space"},
    {"mount", Severity::warning, "Only /tmp, /var, /usr or /etc, on their own, have too little"},
};
/// A new initramfs and copies of some files.
constexpr std::uint64_t kInodes = 100;

std::string shortage(const Space& space, std::uint64_t needed) {
    if (space.free_bytes < needed) return size_text(space.free_bytes) + " free";
    if (space.total_inodes != 0 && space.free_inodes < kInodes)
        return std::to_string(space.free_inodes) + " inodes free";
    return {};
}

/// From the gravest to the least.
enum class Place : std::uint8_t { root, boot, other, none };

Place place_of(const std::string& mount_point) {
    if (mount_point == "/") return Place::root;
    return mount_point == "/boot" ? Place::boot : Place::other;
}

std::string variant_of(Place place) {
    if (place == Place::boot) return "boot";
    return place == Place::other ? "mount" : "";
}

Finding evaluate(const Facts& facts, const Profile& profile) {
    std::vector<Evidence> full;
    auto worst = Place::none;
    auto worst_unknown = Place::none;
    std::string why_unknown = "the space on / is not known";
    for (const auto& [directory, space] : facts.storage.space) {
        if (!space) {
            if (place_of(directory) < worst_unknown) {
                worst_unknown = place_of(directory);
                why_unknown = space.why();
            }
            continue;
        }
        if (space->mount_point != directory) continue;  // judged where it is mounted
        const auto place = place_of(directory);
        const auto needed = place == Place::root ? profile.limits.linux_root_free_bytes
                                                 : profile.limits.linux_mount_free_bytes;
        auto found = shortage(*space, needed);
        if (found.empty()) continue;
        worst = std::min(worst, place);
        full.push_back({directory, std::move(found), size_text(needed) + " free"});
    }
    if (!facts.storage.space.contains("/")) worst_unknown = Place::root;
    if (worst_unknown < worst) return unknown(why_unknown).as(variant_of(worst_unknown));
    if (full.empty())
        return pass("/ has " + size_text(facts.storage.space.at("/")->free_bytes) + " free");
    auto summary = full.front().where + " has " + full.front().found + ", " +
                   full.front().expected + " is asked for";
    return fail(std::move(summary), std::move(full)).as(variant_of(worst));
}

}  // namespace

constinit const Check checks::free_space{
    .id = "linux-free-space-root",
    .covers = kCovers,
    .title = "The root file system has room for drivers and changed files",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement =
        "250 MiB are free on the root volume. The present guide asks for enough space without a "
        "number; AWS's own checker asks for it on /boot, /tmp, /var, /usr and /etc too.",
    .why = "The import installs drivers and builds an initramfs: it fails on a full file system.",
    .source =
        "2018 document, Limitations; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/limitations-image-importing.html",
    .looks_at =
        "Free bytes and inodes (statvfs) of each file system that holds one of these directories. "
        "With --root only where the directory is a mount point.",
    .remedy = "Make room: remove old kernels and package caches, or enlarge the file system.",
    .evaluate = evaluate,
};

}  // namespace guestprep
