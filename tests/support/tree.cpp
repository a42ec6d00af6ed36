// SPDX-License-Identifier: Apache-2.0
#include "tests/support/tree.h"

#include <sys/stat.h>

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace guestprep {

std::string tree_of(const std::filesystem::path& root, std::string_view without) {
    namespace fs = std::filesystem;
    std::map<std::string, std::string> lines;
    for (auto at = fs::recursive_directory_iterator(root); at != fs::end(at); ++at) {
        const auto name = at->path().lexically_relative(root).string();
        if (name == without) {
            at.disable_recursion_pending();
            continue;
        }
        struct stat status{};
        if (::lstat(at->path().c_str(), &status) != 0) throw std::runtime_error(name);
        std::ostringstream line;
        line << std::oct << status.st_mode << std::dec << " " << status.st_uid << ":"
             << status.st_gid << " ";
        if (S_ISREG(status.st_mode)) {
            std::ifstream file(at->path(), std::ios::binary);
            line << status.st_mtim.tv_sec << "." << status.st_mtim.tv_nsec << " " << status.st_nlink
                 << " " << file.rdbuf();
        }
        if (S_ISLNK(status.st_mode)) line << fs::read_symlink(at->path()).string();
        lines[name] = line.str();
    }
    std::string text;
    for (const auto& [name, line] : lines) text += name + " " + line + "\n";
    return text;
}

}  // namespace guestprep
