// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/facts/facts.h"
#include "agent/host/file_system.h"

namespace guestprep {

/// Reads through another reader and keeps each text of a size that people write.
class RememberingFiles final : public FileReader {
public:
    RememberingFiles(const FileReader& files, SourceTexts& texts) : files_(files), texts_(texts) {}

    Result<std::string> read(const GuestPath& path, std::size_t most) const override;
    Result<std::unique_ptr<ByteSource>> open(const GuestPath& path) const override {
        return files_.open(path);
    }
    Result<FileInfo> info(const GuestPath& path) const override { return files_.info(path); }
    Result<FileInfo> link_info(const GuestPath& path) const override {
        return files_.link_info(path);
    }
    Result<std::vector<std::string>> list(const GuestPath& path) const override {
        return files_.list(path);
    }
    Result<std::string> link(const GuestPath& path) const override { return files_.link(path); }
    Result<GuestPath> resolve(const GuestPath& path) const override { return files_.resolve(path); }
    Result<FileSystemSpace> space(const GuestPath& path) const override {
        return files_.space(path);
    }
    Result<FileFlags> flags(const GuestPath& path) const override { return files_.flags(path); }

private:
    const FileReader& files_;
    SourceTexts& texts_;
};

}  // namespace guestprep
