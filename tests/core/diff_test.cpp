// SPDX-License-Identifier: Apache-2.0
#include "agent/core/diff.h"

#include "tests/support/catch.h"

namespace guestprep {
namespace {

std::string numbered(int from, int to) {
    std::string text;
    for (int i = from; i <= to; ++i) text += "line " + std::to_string(i) + "\n";
    return text;
}

TEST_CASE("diff: one changed line stands in three lines of context") {
    const auto before = numbered(1, 9);
    auto after = before;
    after.replace(after.find("line 5"), 6, "LINE 5");
    CHECK(unified_diff("/etc/x", before, after) ==
          "--- /etc/x\n+++ /etc/x\n@@ -2,7 +2,7 @@\n line 2\n line 3\n line 4\n-line 5\n+LINE 5\n"
          " line 6\n line 7\n line 8\n");
}

TEST_CASE("diff: changes far apart are two hunks, near ones are one") {
    auto after = numbered(1, 30);
    after.replace(after.find("line 3\n"), 7, "");
    after.replace(after.find("line 20\n"), 8, "line 20\nnew\n");
    const auto text = unified_diff("f", numbered(1, 30), after);
    CHECK(text.find("@@ -1,6 +1,5 @@\n") != std::string::npos);
    CHECK(text.find("@@ -18,6 +17,7 @@\n") != std::string::npos);
    after = numbered(1, 30);
    after.replace(after.find("line 3\n"), 7, "");
    after.replace(after.find("line 8\n"), 7, "");
    CHECK(unified_diff("f", numbered(1, 30), after).find("@@ -1,11 +1,9 @@") != std::string::npos);
}

TEST_CASE("diff: new, removed and unended files are told as diff tells them") {
    CHECK(unified_diff("f", std::nullopt, "a\n") == "--- /dev/null\n+++ f\n@@ -0,0 +1 @@\n+a\n");
    CHECK(unified_diff("f", "a\n", std::nullopt) == "--- f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n");
    CHECK(unified_diff("f", "a", "a\n") ==
          "--- f\n+++ f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
    CHECK(unified_diff("f", "a", "a").empty());
    CHECK(unified_diff("f", std::nullopt, std::nullopt).empty());
}

TEST_CASE("diff: a file that is all other is shown in bounded memory") {
    const auto text = unified_diff("f", numbered(1, 20000), numbered(100001, 120000));
    CHECK(text.find("@@ -1,20000 +1,20000 @@") != std::string::npos);
}

}  // namespace
}  // namespace guestprep
