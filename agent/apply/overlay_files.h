// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "agent/core/change_set.h"
#include "agent/host/file_system.h"

namespace guestprep {

/// The guest as it will be: another reader's files with planned changes over them. What commands
/// will do is not seen here.
class OverlayFiles final : public FileReader {
public:
    explicit OverlayFiles(const FileReader& files) : files_(files) {}

    /// Lays a change over the files; a later one over an earlier one.
    void lay(const Change& change);

    Result<std::string> read(const GuestPath& path, std::size_t most) const override;
    Result<std::unique_ptr<ByteSource>> open(const GuestPath& path) const override;
    Result<FileInfo> info(const GuestPath& path) const override;
    Result<FileInfo> link_info(const GuestPath& path) const override;
    Result<std::vector<std::string>> list(const GuestPath& path) const override;
    Result<std::string> link(const GuestPath& path) const override;
    Result<GuestPath> resolve(const GuestPath& path) const override;
    Result<FileSystemSpace> space(const GuestPath& path) const override;
    Result<FileFlags> flags(const GuestPath& path) const override { return files_.flags(path); }

private:
    struct Entry {
        enum class Kind : std::uint8_t { text, link, removed } kind = Kind::text;
        std::string text;  ///< content, or a link's target
        FileMode mode;
    };

    /// Follows links of both layers. With `follow_last` false a link in the last component stays.
    Result<GuestPath> walk(const GuestPath& path, bool follow_last) const;
    [[nodiscard]] const Entry* entry_at(const GuestPath& path) const;
    Result<FileInfo> info_at(const GuestPath& resolved) const;
    void put(const GuestPath& path, bool follow_last, Entry entry);

    const FileReader& files_;
    std::map<GuestPath, Entry> entries_;   ///< by resolved path
    std::map<GuestPath, FileMode> modes_;  ///< of files whose content stays
    std::set<GuestPath> folders_;          ///< that new files bring along
};

}  // namespace guestprep
