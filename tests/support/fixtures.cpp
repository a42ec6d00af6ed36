// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fixtures.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

namespace guestprep {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

fs::path folder() {
    if (const char* set = std::getenv("GUESTPREP_FIXTURES")) return set;
    return fs::path(GUESTPREP_SOURCE_DIR) / ".." / "shared" / "fixtures";
}

const nlohmann::json& expectations() {
    static const nlohmann::json kAll = [] {
        const auto path = folder() / "expected.json";
        if (fs::exists(path)) return nlohmann::json::parse(contents(path));
        std::cerr << "note: no collection of real files at " << folder()
                  << "; the tests over it are left out\n";
        return nlohmann::json::object();
    }();
    return kAll;
}

}  // namespace

std::vector<Fixture> fixtures_of_kind(std::string_view kind) {
    std::vector<Fixture> found;
    for (const auto& [name, expected] : expectations().items())
        if (expected.is_object() && expected.value("kind", "") == kind)
            found.push_back({name, contents(folder() / name), expected});
    return found;
}

std::string own_fixture(std::string_view path) {
    return contents(fs::path(GUESTPREP_SOURCE_DIR) / "tests" / "fixtures" / path);
}

}  // namespace guestprep
