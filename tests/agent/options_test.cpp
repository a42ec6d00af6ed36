// SPDX-License-Identifier: Apache-2.0
#include "agent/options.h"

#include "agent/core/text.h"
#include "tests/support/catch.h"
#include "tests/support/temp_directory.h"

namespace guestprep {
namespace {

using Environment = std::map<std::string, std::string>;

Options good(const std::vector<std::string>& words, const Environment& environment = {}) {
    auto options = read_options(words, environment);
    INFO((options ? "" : options.error().message));
    REQUIRE(options);
    return *options;
}

std::string bad(const std::vector<std::string>& words, const Environment& environment = {}) {
    const auto options = read_options(words, environment);
    REQUIRE_FALSE(options);
    return options.error().message;
}

TEST_CASE("options: nothing said is an audit of the running system as text") {
    const auto options = good({});
    CHECK(options.command == CommandName::audit);
    CHECK(options.root.empty());
    CHECK(options.profile == "vmie-2026");
    CHECK(options.route == Route::image);
    REQUIRE(options.reports.size() == 1);
    CHECK(options.reports[0].format == ReportFormat::text);
}

TEST_CASE("options: lists take commas and repetition, reports take paths") {
    const auto options = good({"audit", "--only", "linux-*,net-*", "--only=boot-uefi", "--report",
                               "json=/tmp/a=b", "--report=text"});
    CHECK(options.only == std::vector<std::string>{"linux-*", "net-*", "boot-uefi"});
    REQUIRE(options.reports.size() == 2);
    CHECK(options.reports[0].path == "/tmp/a=b");
    CHECK(options.reports[1].path.empty());
}

TEST_CASE("options: a slip of the pen is named with what was probably meant") {
    CHECK(contains(bad({"--rout", "image"}), "--rout; did you mean --route?"));
    CHECK(contains(bad({"adit"}), "did you mean audit?"));
    CHECK(contains(bad({"--route", "imag"}), "did you mean image?"));
    CHECK(contains(bad({"--report", "jsn"}), "did you mean json?"));
    CHECK(contains(bad({"--timeout", "soon"}), "--timeout"));
    CHECK(contains(bad({"--timeout", "0"}), "--timeout"));
    CHECK(contains(bad({"--license", "mine"}), "AWS or BYOL"));
    CHECK(contains(bad({"--root", "/a", "--facts", "b"}), "exclude"));
    CHECK(contains(bad({"--fail-on", "advice"}), "blocker or warning"));
    CHECK(contains(bad({"explain"}), "one check ID"));
    CHECK(contains(bad({"render"}), "JSON reports"));
    CHECK(contains(bad({"list", "extra"}), "unexpected word \"extra\""));
    CHECK_FALSE(bad({"--root"}).empty());
}

TEST_CASE("options: fix, undo and runs, and what goes with which") {
    CHECK(good({"fix", "--dry-run", "--include", "a,b", "--add-key", "ops=/k,1"}).include ==
          std::vector<std::string>{"a", "b"});
    CHECK(good({"fix", "--add-key", "ops=/k,1"}).add_keys == std::vector<std::string>{"ops=/k,1"});
    CHECK(good({"undo", "run-1"}).arguments == std::vector<std::string>{"run-1"});
    CHECK(good({"runs"}).command == CommandName::runs);
    CHECK(contains(bad({"audit", "--dry-run"}), "go with fix"));
    CHECK(contains(bad({"undo", "a", "b"}), "one run"));
    CHECK(contains(bad({"fix", "--facts", "x"}), "not changed"));
    CHECK(contains(bad({"fix", "--add-key", "=x"}), "USER=FILE"));
    CHECK(contains(bad({"fix", "now"}), "unexpected word"));
}

TEST_CASE("options: the command line stands above the environment, that above the file") {
    const TempDirectory directory;
    const auto path = directory.file(
        "conf", "# a comment\nroute = snapshot\ntarget = xen\nprofile = vmie-2018\n");
    const Environment environment{{"GUESTPREP_TARGET", "nitro"}, {"GUESTPREP_FAIL_ON", "warning"},
                                  {"GUESTPREP_QUIET", "yes"},    {"GUESTPREP_VERBOSE", "0"},
                                  {"GUESTPREP_ROOT", ""},        {"OTHER", "x"}};
    const auto options = good({"--profile", "vmie-2026", "--config", path}, environment);
    CHECK(options.profile == "vmie-2026");
    CHECK(options.target == Target::nitro);
    CHECK(options.route == Route::snapshot);
    CHECK(options.fail_on == Severity::warning);
    CHECK(options.quiet);
    CHECK_FALSE(options.verbose);
    CHECK(options.root.empty());
}

TEST_CASE("options: a configuration file that is missing or wrong is named") {
    CHECK(contains(bad({"--config", "/does/not/exist"}), "/does/not/exist"));
    const TempDirectory directory;
    CHECK(contains(bad({"--config", directory.file("conf", "rute = snapshot\n")}), "rute"));
    CHECK(contains(bad({}, {{"GUESTPREP_ROUTE", "moon"}}), "moon"));
}

}  // namespace
}  // namespace guestprep
