// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/windows_parts.h"
#include "tests/support/catch.h"
#include "tests/support/fake_host.h"

namespace guestprep {
namespace {

using Texts = std::vector<std::string>;

constexpr const char* kIntegrity = "/Windows/System32/CodeIntegrity";

/// As the registry leaves it: nothing waits, no policy.
WindowsSoftwareFacts by_registry() {
    WindowsSoftwareFacts facts;
    facts.pending = std::vector<PendingWork>{};
    facts.application_control = Texts{};
    return facts;
}

WindowsSoftwareFacts look(const FakeFiles& files, WindowsSoftwareFacts facts = by_registry()) {
    collect_windows_files(files, facts);
    return facts;
}

FakeFiles windows() {
    FakeFiles files;
    files.directory("/Windows/WinSxS").directory(kIntegrity);
    return files;
}

TEST_CASE("windows files: servicing that goes on at the next start") {
    auto files = windows();
    CHECK(look(files).pending->empty());
    files.file("/Windows/WinSxS/Pending.xml", "<x/>");
    CHECK(look(files).pending->at(0).where == "/Windows/WinSxS/Pending.xml");
    auto facts = by_registry();
    facts.pending = failure(Errc::not_collected, "no hive");
    CHECK(look(files, facts).pending->at(0).what == "servicing");
}

TEST_CASE("windows files: policies that do not come with Windows") {
    auto files = windows();
    CHECK(look(files).application_control->empty());
    const std::string active = std::string(kIntegrity) + "/CiPolicies/Active/";
    files.file(active + "{784c4414-79f4-4c32-a6a5-f0fb42a51d0d}.cip", "")
        .file(active + "readme.txt", "");
    CHECK(look(files).application_control->empty());
    files.file(active + "{11111111-79f4-4c32-a6a5-f0fb42a51d0d}.CIP", "")
        .file(std::string(kIntegrity) + "/SiPolicy.p7b", "");
    CHECK(look(files).application_control ==
          Texts{std::string(kIntegrity) + "/SiPolicy.p7b",
                active + "{11111111-79f4-4c32-a6a5-f0fb42a51d0d}.CIP"});
}

TEST_CASE("windows files: a folder that may not be looked at leaves the answer open") {
    auto files = windows();
    files.deny("/Windows/WinSxS").deny(kIntegrity);
    CHECK_FALSE(look(files).pending);
    CHECK_FALSE(look(files).application_control);
    auto facts = by_registry();
    facts.pending->push_back({"key", "update"});
    CHECK(look(files, facts).pending->size() == 1);
}

}  // namespace
}  // namespace guestprep
