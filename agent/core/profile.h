// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/check.h"

namespace guestprep {

/// `image`: import-image, AWS edits the guest. `snapshot`: import-snapshot and register-image, AWS
/// edits nothing.
enum class Route : std::uint8_t { image, snapshot };
constexpr std::array<std::string_view, 2> enum_names(Route) { return {"image", "snapshot"}; }

enum class Target : std::uint8_t { any, xen, nitro };
constexpr std::array<std::string_view, 3> enum_names(Target) { return {"any", "xen", "nitro"}; }

constexpr std::array<std::string_view, 4> enum_names(Severity) {
    return {"none", "advice", "warning", "blocker"};
}

/// Systems of one distribution that the profile names. A release range is compared number by
/// number: "7.0" to "7.9"; `last` empty means every later release.
struct SystemRule {
    std::string distribution;  ///< as Distribution::id
    std::string first, last;
    /// Kernel versions that are accepted, "5.14" standing for every 5.14.x and "3.0.101-63" for no
    /// other release; "uek:5.15.0" is one of Oracle's UEK kernels. Empty: any.
    std::vector<std::string> kernels;
    std::vector<std::string> refused_kernels;   ///< written alike
    std::vector<std::string> doubtful_kernels;  ///< not named, but near: a warning, no blocker
    std::string edition;  ///< Distribution::variant that alone is meant; empty: any
    std::string note;

    static void fields(auto& self, auto&& visit) {
        visit("distribution", self.distribution);
        visit("first", self.first);
        visit("last", self.last);
        visit("kernels", self.kernels);
        visit("refused_kernels", self.refused_kernels);
        visit("doubtful_kernels", self.doubtful_kernels);
        visit("edition", self.edition);
        visit("note", self.note);
    }
};

/// One Windows release that the profile names.
struct WindowsRule {
    std::string release;                     ///< as WindowsRelease::id
    std::vector<std::string> editions;       ///< as WindowsRelease::edition
    std::vector<std::string> architectures;  ///< "amd64", "x86"
    unsigned least_service_pack = 0;

    static void fields(auto& self, auto&& visit) {
        visit("release", self.release);
        visit("editions", self.editions);
        visit("architectures", self.architectures);
        visit("least_service_pack", self.least_service_pack);
    }
};

/// The last rule that fits decides. Empty members fit everything.
struct SeverityRule {
    std::string check;
    std::string variant;  ///< only findings of this variant; empty: all of them
    std::string route;    ///< "image", "snapshot" or empty
    std::string target;   ///< "xen", "nitro" or empty
    Severity severity = Severity::none;

    static void fields(auto& self, auto&& visit) {
        visit("check", self.check);
        visit("variant", self.variant);
        visit("route", self.route);
        visit("target", self.target);
        visit("severity", self.severity);
    }
};

/// Sizes in bytes.
struct Limits {
    std::uint64_t volumes = 0;
    std::uint64_t boot_disk_mbr_bytes = 0;  ///< an MBR disk can address no more
    std::uint64_t image_disk_bytes = 0;     ///< largest disk that import-image takes
    std::uint64_t snapshot_disk_bytes = 0;  ///< largest disk that import-snapshot takes
    std::uint64_t linux_root_free_bytes = 0;
    std::uint64_t linux_mount_free_bytes = 0;  ///< /boot, /tmp, /var ... where separate
    std::uint64_t windows_root_free_bytes = 0;

    static void fields(auto& self, auto&& visit) {
        visit("volumes", self.volumes);
        visit("boot_disk_mbr_bytes", self.boot_disk_mbr_bytes);
        visit("image_disk_bytes", self.image_disk_bytes);
        visit("snapshot_disk_bytes", self.snapshot_disk_bytes);
        visit("linux_root_free_bytes", self.linux_root_free_bytes);
        visit("linux_mount_free_bytes", self.linux_mount_free_bytes);
        visit("windows_root_free_bytes", self.windows_root_free_bytes);
    }
};

/// What the target cloud requires. Data, from checks/profiles/*.json or --profile FILE.
struct Profile {
    std::string schema;   ///< "guestprep-profile/1"
    std::string extends;  ///< a built-in profile that gives what this one leaves out; or empty
    std::string name;
    std::string title;
    std::string source;
    std::vector<SystemRule> linux_systems;
    std::vector<SystemRule> linux_end_of_life;
    std::vector<std::string> linux_file_systems;
    std::vector<WindowsRule> windows_systems;
    std::vector<std::string> windows_end_of_life;  ///< releases
    Limits limits;
    bool uefi_boot = false;      ///< UEFI firmware is supported
    bool gpt_boot_disk = false;  ///< GPT on the boot disk is supported
    bool btrfs_subvolumes = false;
    std::vector<SeverityRule> severities;
    /// Other wording of manual items under this profile, by ID.
    std::map<std::string, std::string> manual_texts;

    static void fields(auto& self, auto&& visit) {
        visit("schema", self.schema);
        visit("extends", self.extends);
        visit("name", self.name);
        visit("title", self.title);
        visit("source", self.source);
        visit("limits", self.limits);
        visit("linux_systems", self.linux_systems);
        visit("linux_end_of_life", self.linux_end_of_life);
        visit("linux_file_systems", self.linux_file_systems);
        visit("windows_systems", self.windows_systems);
        visit("windows_end_of_life", self.windows_end_of_life);
        visit("uefi_boot", self.uefi_boot);
        visit("gpt_boot_disk", self.gpt_boot_disk);
        visit("btrfs_subvolumes", self.btrfs_subvolumes);
        visit("severities", self.severities);
        visit("manual_texts", self.manual_texts);
    }

    /// Severity of a finding of `check`; `variant` may be empty.
    [[nodiscard]] Severity severity_of(const Check& check, std::string_view variant, Route route,
                                       Target target) const;
};

}  // namespace guestprep
