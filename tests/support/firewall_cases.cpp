// SPDX-License-Identifier: Apache-2.0
#include "tests/support/firewall_cases.h"

#include <algorithm>
#include <filesystem>

#include "agent/core/text.h"
#include "agent/formats/admittance.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

struct Expectation {
    std::string who, line;
    std::vector<std::uint16_t> ports{22};
    std::vector<std::string> interfaces{"eth0"};
};

Expectation expectation(std::string_view text) {
    Expectation out;
    const auto lines = lines_of(text);
    const auto words = words_of(lines.empty() ? "" : lines.front());
    if (words.size() < 3 || words[1] != "expect") return out;
    out.who = words[2];
    for (std::size_t i = 3; i < words.size(); ++i) {
        if (to_number(words[i])) out.line = words[i];
        if (words[i] == "ports" || words[i] == "interfaces") {
            const bool ports = words[i] == "ports";
            (ports ? out.ports.clear() : out.interfaces.clear());
            for (const auto part : split(words.at(++i), ','))
                if (ports)
                    out.ports.push_back(static_cast<std::uint16_t>(to_number(part).value_or(0)));
                else
                    out.interfaces.emplace_back(part);
        }
    }
    return out;
}

std::string_view name_of(Admission who) {
    constexpr std::string_view kNames[] = {"everyone", "some_interfaces", "some_sources", "nobody",
                                           "unknown"};
    return kNames[static_cast<std::size_t>(who)];
}

}  // namespace

void judge_firewall_cases(
    std::string_view folder,
    const std::function<PacketFilter(std::string_view path, std::string_view text)>& read) {
    namespace fs = std::filesystem;
    const auto relative = "firewall/" + std::string(folder);
    std::size_t cases = 0;
    for (const auto& entry :
         fs::directory_iterator(fs::path(GUESTPREP_SOURCE_DIR) / "tests/fixtures" / relative)) {
        const auto name = entry.path().filename().string();
        CAPTURE(name);
        const auto text = own_fixture(relative + "/" + name);
        const auto expected = expectation(text);
        const auto found = admittance(read(name, text), expected.ports, expected.interfaces);
        CHECK(name_of(found.who) == expected.who);
        if (!expected.line.empty()) {
            REQUIRE_FALSE(found.because.empty());
            CHECK(found.because.front().where == name + ":" + expected.line);
        }
        ++cases;
    }
    CHECK(cases > 0);
}

}  // namespace guestprep
