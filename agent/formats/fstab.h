// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// How the first field of an fstab line names what is mounted.
enum class SpecKind : std::uint8_t {
    uuid,
    label,
    partuuid,
    partlabel,
    kernel_name,  ///< /dev/sda1, /dev/nvme0n1p1, /dev/cciss/c0d0p1: depends on the controller
    lvm,          ///< /dev/VG/LV
    mapper,       ///< /dev/mapper/NAME
    md,           ///< /dev/md0, /dev/md/NAME
    by_id,
    by_path,
    by_uuid,
    by_label,
    by_partuuid,
    by_partlabel,
    network,
    optical,
    pseudo,    ///< proc, tmpfs, "none": nothing on a disk
    file,      ///< a swap file, an image, the source of a bind mount
    bsd_name,  ///< /dev/ada0p2, /dev/wd0a
    other
};
constexpr std::array<std::string_view, 20> enum_names(SpecKind) {
    return {"UUID",    "LABEL",    "PARTUUID",    "PARTLABEL",    "kernel-name",
            "lvm",     "mapper",   "md",          "by-id",        "by-path",
            "by-uuid", "by-label", "by-partuuid", "by-partlabel", "network",
            "optical", "pseudo",   "file",        "bsd-name",     "other"};
}

/// One line of fstab(5). Fields are decoded: "\040" is a blank, UUID="x" is UUID=x.
struct FstabEntry {
    std::size_t line = 0;  ///< 1-based
    std::string spec, mount_point, type;
    std::vector<std::string> options;  ///< empty where the line has none
    std::string dump, pass;            ///< as written; empty where the line ends before
    SpecKind kind = SpecKind::other;

    static void fields(auto& self, auto&& visit) {
        visit("line", self.line);
        visit("spec", self.spec);
        visit("mount_point", self.mount_point);
        visit("type", self.type);
        visit("options", self.options);
        visit("dump", self.dump);
        visit("pass", self.pass);
        visit("kind", self.kind);
    }

    [[nodiscard]] bool has_option(std::string_view name) const;
    /// The value of "name=value"; empty where it is not there.
    [[nodiscard]] std::string_view option_value(std::string_view name) const;
    [[nodiscard]] bool is_swap() const { return type == "swap"; }
    [[nodiscard]] bool is_bind() const { return has_option("bind") || has_option("rbind"); }
    [[nodiscard]] bool is_optical() const;
    [[nodiscard]] bool is_network() const;  ///< nfs, cifs, sshfs and their like
    /// `mount -a` leaves it alone: noauto, or mounted on first use.
    [[nodiscard]] bool is_on_demand() const;
    /// The same without passwords in the options or the address.
    [[nodiscard]] FstabEntry redacted() const;
    /// The line as it may be shown: one blank between fields, secrets left out.
    [[nodiscard]] std::string shown() const;
};

[[nodiscard]] SpecKind spec_kind(std::string_view spec, std::string_view type);

/// The value of "UUID=x", or the last component of "/dev/disk/by-uuid/x"; empty for other kinds.
[[nodiscard]] std::string_view spec_tag_value(std::string_view spec);

/// An option without its secret: "password=x" becomes "password=(hidden)".
[[nodiscard]] std::string without_secret(std::string_view option);

/// /etc/fstab, byte for byte: text() gives back what was parsed but for the fields that were set.
class Fstab {
public:
    [[nodiscard]] static Fstab parse(std::string_view text);
    [[nodiscard]] std::string text() const;

    [[nodiscard]] const std::vector<FstabEntry>& entries() const { return entries_; }
    /// Lines with fewer than three fields, which mount(8) ignores.
    [[nodiscard]] const std::vector<std::size_t>& malformed_lines() const { return malformed_; }
    /// mount(8) of RHEL 5 and the boot scripts of old systems take the '\r' for a part of the
    /// last field.
    [[nodiscard]] bool has_crlf() const { return has_crlf_; }

    /// Both change one field of the entry on this line and nothing else; false where there is no
    /// entry on it.
    bool set_spec(std::size_t line, std::string_view spec);
    bool set_options(std::size_t line, const std::vector<std::string>& options);

private:
    bool set_field(std::size_t line, std::size_t field, std::string_view value);
    void take_line(std::size_t number);

    std::vector<std::string> lines_;  ///< each with its line ending
    std::vector<FstabEntry> entries_;
    std::vector<std::size_t> malformed_;
    bool has_crlf_ = false;
};

/// Undoes the octal escapes that fstab, /proc/mounts and mountinfo share.
[[nodiscard]] std::string unescape_mount_field(std::string_view field);
[[nodiscard]] std::string escape_mount_field(std::string_view value);
/// The options of a field, unescaped; commas between quotes do not part them.
[[nodiscard]] std::vector<std::string> split_mount_options(std::string_view field);

}  // namespace guestprep
