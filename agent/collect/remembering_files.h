// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "agent/facts/facts.h"
#include "agent/host/file_system.h"

namespace guestprep {

/// Reads through another reader. Keeps each text of a size that people write, what could not be
/// read, and what directories and links were seen to hold: a collector's second question gets the
/// first one's answer.
class RememberingFiles final : public FileReader {
public:
    RememberingFiles(const FileReader& files, SourceTexts& texts) : files_(files), texts_(texts) {}

    Result<std::string> read(const GuestPath& path, std::size_t most) const override;
    Result<std::unique_ptr<ByteSource>> open(const GuestPath& path) const override {
        return files_.open(path);
    }
    Result<FileInfo> info(const GuestPath& path) const override {
        return once(infos_, path, [&] { return files_.info(path); });
    }
    Result<FileInfo> link_info(const GuestPath& path) const override {
        return once(link_infos_, path, [&] { return files_.link_info(path); });
    }
    Result<std::vector<std::string>> list(const GuestPath& path) const override {
        return once(lists_, path, [&] { return files_.list(path); });
    }
    Result<std::string> link(const GuestPath& path) const override {
        return once(links_, path, [&] { return files_.link(path); });
    }
    Result<GuestPath> resolve(const GuestPath& path) const override {
        return once(resolved_, path, [&] { return files_.resolve(path); });
    }
    Result<FileSystemSpace> space(const GuestPath& path) const override {
        return files_.space(path);
    }
    Result<FileFlags> flags(const GuestPath& path) const override { return files_.flags(path); }

private:
    template <class T>
    using Answers = std::unordered_map<std::string, Result<T>>;
    template <class T, class Ask>
    static Result<T> once(Answers<T>& answers, const GuestPath& path, Ask ask) {
        const auto known = answers.find(path.str());
        if (known != answers.end()) return known->second;
        return answers.emplace(path.str(), ask()).first->second;
    }

    const FileReader& files_;
    SourceTexts& texts_;
    mutable Answers<FileInfo> infos_, link_infos_;
    mutable Answers<std::vector<std::string>> lists_;
    mutable std::unordered_map<std::string, Error> unread_;
    mutable Answers<std::string> links_;
    mutable Answers<GuestPath> resolved_;
};

}  // namespace guestprep
