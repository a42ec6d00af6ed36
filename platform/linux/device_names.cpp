// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/device_names.h"

#include <dirent.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace guestprep {
namespace {

constexpr int kMostDepth = 3;  // /dev/disk/by-id/x
constexpr std::size_t kMostNames = 20'000;

/// Folders of /dev without block devices, some of them endless or other file systems.
bool is_skipped(std::string_view folder) {
    constexpr std::string_view kSkipped[] = {"fd",   "shm", "pts",   "mqueue", "hugepages", "bus",
                                             "char", "snd", "input", "dri",    "net",       "cpu"};
    return folder.starts_with('.') || std::ranges::find(kSkipped, folder) != std::end(kSkipped);
}

class Names {
public:
    void look_into(const std::string& folder, int depth) {
        const std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir(folder.c_str()), ::closedir);
        if (!directory) return;
        while (const auto* entry = ::readdir(directory.get())) {
            const std::string_view name = entry->d_name;
            if (name == "." || name == ".." || ++seen_ > kMostNames) continue;
            look_at(folder + "/" + entry->d_name, name, depth);
        }
    }
    std::map<std::string, std::vector<std::string>> found;

private:
    void look_at(const std::string& path, std::string_view name, int depth) {
        struct stat status{};
        if (::lstat(path.c_str(), &status) != 0) return;
        if (S_ISDIR(status.st_mode) && depth < kMostDepth && !is_skipped(name))
            return look_into(path, depth + 1);
        if (S_ISLNK(status.st_mode) && ::stat(path.c_str(), &status) != 0) return;
        if (!S_ISBLK(status.st_mode)) return;
        found[std::to_string(major(status.st_rdev)) + ":" + std::to_string(minor(status.st_rdev))]
            .push_back(path);
    }
    std::size_t seen_ = 0;
};

}  // namespace

std::map<std::string, std::vector<std::string>> device_names(const std::string& directory) {
    Names names;
    names.look_into(directory, 1);
    for (auto& [number, paths] : names.found) std::ranges::sort(paths);
    return std::move(names.found);
}

}  // namespace guestprep
