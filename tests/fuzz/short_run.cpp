// SPDX-License-Identifier: Apache-2.0
//
// guestprep_fuzz COUNT [SEED]: so many guests with damaged files, without a fuzzing engine, the
// same ones for the same seed. guestprep_fuzz --seeds DIRECTORY: writes the undamaged inputs.
// guestprep_fuzz FILE...: takes these inputs. The input at work lies in ./fuzz-input-SEED while it
// is worked on, and stays there after a crash.
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>

#include "tests/fuzz/one_input.h"

namespace guestprep {
namespace {

namespace fs = std::filesystem;

std::string input_of(const std::vector<SampleFile>& files, std::size_t which) {
    return std::string(1, static_cast<char>(which)) + files[which].text;
}

/// Damages a text as networks, disks, editors and enemies do.
class Damager {
public:
    explicit Damager(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t end) {
        return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
    }

    std::string damage(std::string text, const std::string& other) {
        for (auto times = 1 + below(4); times > 0; --times) once(text, other);
        return text;
    }

private:
    void once(std::string& text, const std::string& other) {
        static constexpr std::string_view kTroubles[] = {"\0",
                                                         "\xff\xfe",
                                                         "\r\n",
                                                         "\\\n",
                                                         "\"",
                                                         "'",
                                                         "{",
                                                         "}",
                                                         "[",
                                                         "]",
                                                         "<",
                                                         "&",
                                                         "${",
                                                         "$(",
                                                         "#",
                                                         "-1",
                                                         "99999999999999999999",
                                                         "../",
                                                         "%",
                                                         "!",
                                                         "*",
                                                         ",",
                                                         "=",
                                                         ":",
                                                         "\t",
                                                         "\x1b[2J"};
        const auto at = below(text.size() + 1);
        switch (below(8)) {
            case 0:
                if (at < text.size()) text[at] = static_cast<char>(below(256));
                break;
            case 1:
                text.insert(at, kTroubles[below(std::size(kTroubles))]);
                break;
            case 2:
                text.erase(at, 1 + below(40));
                break;
            case 3:
                text.resize(at);
                break;
            case 4:
                text.insert(at, text.substr(below(text.size() + 1), 1 + below(200)));
                break;
            case 5:
                text.insert(at, other.substr(0, below(other.size() + 1)));
                break;
            case 6:
                text.insert(at, std::string(1 + below(5000), kTroubles[1 + below(20)][0]));
                break;
            default: {
                // A number of a binary format, made large or negative.
                static constexpr std::uint32_t kNumbers[] = {0, 1, 0x7fffffff, 0x80000000,
                                                             0xffffffff};
                const auto number = kNumbers[below(std::size(kNumbers))];
                if (text.size() >= 4)
                    std::memcpy(&text[below(text.size() - 3) & ~std::size_t{3}], &number, 4);
            }
        }
    }

    std::mt19937 random_;
};

int run(std::size_t guests, std::uint32_t seed) {
    const auto files = sample_guest();
    Damager damager(seed);
    const auto kept = "fuzz-input-" + std::to_string(seed);
    for (std::size_t count = 0; count < guests; ++count) {
        // Each once in turn: chance would leave some out.
        const auto which = count % files.size();
        auto input = input_of(files, which).substr(1);
        input = damager.damage(std::move(input), files[damager.below(files.size())].text);
        input.insert(0, 1, static_cast<char>(which));
        std::ofstream(kept, std::ios::binary) << input;
        take_one_input(files, input);
    }
    fs::remove(kept);
    std::cout << "fuzz: " << guests << " damaged guests, seed " << seed << ", no trouble\n";
    return 0;
}

int write_seeds(const fs::path& folder) {
    const auto files = sample_guest();
    fs::create_directories(folder);
    for (std::size_t i = 0; i < files.size(); ++i)
        std::ofstream(folder / std::to_string(i), std::ios::binary) << input_of(files, i);
    return 0;
}

int take_files(int argc, char** argv) {
    const auto files = sample_guest();
    for (int i = 1; i < argc; ++i) {
        std::ifstream file(argv[i], std::ios::binary);
        std::ostringstream text;
        text << file.rdbuf();
        take_one_input(files, text.str());
        std::cout << argv[i] << ": no trouble\n";
    }
    return 0;
}

}  // namespace
}  // namespace guestprep

int main(int argc, char** argv) {
    const std::string first = argc > 1 ? argv[1] : "";
    if (first == "--seeds" && argc == 3) return guestprep::write_seeds(argv[2]);
    char* rest = nullptr;
    const auto count = std::strtoul(first.c_str(), &rest, 10);
    if (first.empty() || *rest != '\0') return guestprep::take_files(argc, argv);
    const auto seed = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : std::random_device()();
    return guestprep::run(count, static_cast<std::uint32_t>(seed));
}
