// SPDX-License-Identifier: Apache-2.0
//
// Prints every value of a hive, for a comparison with other readers: hive_dump HIVE [LOG...]
// Ends with 1 where there is no hive, with 3 where not all of it can be read.
#include <cstdio>
#include <fstream>
#include <sstream>

#include "tests/support/hive_files.h"

namespace {

std::string contents(const char* path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

int main(int count, char** words) {
    if (count < 2) return 2;
    std::vector<std::string> logs;
    for (int i = 2; i < count; ++i) logs.push_back(contents(words[i]));
    const auto hive = guestprep::RegistryHive::parse(contents(words[1]), logs);
    if (!hive) {
        std::fputs((hive.error().message + "\n").c_str(), stderr);
        return 1;
    }
    std::fputs(guestprep::hive_text(*hive).c_str(), stdout);
    return guestprep::count_hive(*hive).errors == 0 ? 0 : 3;
}
