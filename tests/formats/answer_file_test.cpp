// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/answer_file.h"

#include <set>

#include "agent/core/text.h"
#include "agent/formats/registry_value.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

bool has(const std::vector<AnswerProblem>& problems, std::string_view text, std::size_t line) {
    for (const auto& problem : problems)
        if (contains(problem.text, text) && problem.line == line) return true;
    return false;
}

TEST_CASE("answer file: the one that is written is right for its machine") {
    for (const auto* architecture : {"amd64", "x86"}) {
        const auto text = new_answer_file(architecture, "de-DE");
        const auto file = read_answer_file(text);
        CHECK(file.is_well_formed);
        CHECK(file.problems.empty());
        CHECK(unfit_for_sysprep(file, text, architecture).empty());
        CHECK(contains(text, "<UILanguage>de-DE</UILanguage>"));
    }
    const auto text = new_answer_file("amd64", "en-US");
    CHECK(has(unfit_for_sysprep(read_answer_file(text), text, "x86"), "is for amd64", 4));
}

TEST_CASE("answer file: what is wrong is named with its line") {
    CHECK(has(read_answer_file("<unattend>\n<settings>\n</unattend>").problems, "well-formed", 3));
    CHECK(has(read_answer_file("").problems, "well-formed", 1));
    CHECK(has(read_answer_file("<other/>").problems, "root element", 1));
    const auto file = read_answer_file(
        "<unattend xmlns=\"urn:schemas-microsoft-com:unattend\">\n<settings pass=\"oobe\">\n"
        "<component name=\"X\" language=\"neutral\" versionScope=\"nonSxS\"\n"
        " publicKeyToken=\"1\"/>\n</settings></unattend>");
    CHECK(has(file.problems, "no pass that Windows knows", 2));
    CHECK(has(file.problems, "no processorArchitecture", 3));
    CHECK(has(file.problems, "publicKeyToken", 3));
    CHECK(file.components.size() == 1);
}

TEST_CASE("answer file: settings that make the first boot wait") {
    auto text = new_answer_file("amd64", "en-US");
    const auto at = text.find("<HideEULAPage>true");
    text.replace(at + 14, 4, "no  ");
    CHECK(has(unfit_for_sysprep(read_answer_file(text), text, "amd64"), "HideEULAPage", 11));
}

TEST_CASE("answer file: the encoding has to be what is declared") {
    const auto text = new_answer_file("amd64", "en-US");
    const auto wide = "\xff\xfe" + utf16_from_utf8(text);
    CHECK(has(read_answer_file(wide).problems, "declared as UTF-8", 1));
    CHECK(read_answer_file("\xef\xbb\xbf" + text).problems.empty());
    CHECK(has(read_answer_file("<?xml version=\"1.0\" encoding=\"utf-16\"?><unattend/>").problems,
              "declared as UTF-16", 1));
    CHECK(has(read_answer_file(text + "<!-- \xff -->").problems, "no UTF-8", 0));
}

TEST_CASE("answer file: hostile texts are problems, not more") {
    std::string deep;
    for (int i = 0; i < 200000; ++i) deep += "<a>";
    CHECK_FALSE(read_answer_file(deep).is_well_formed);
    for (int i = 0; i < 200000; ++i) deep += "</a>";
    CHECK_FALSE(read_answer_file(deep).problems.empty());
    CHECK_FALSE(
        read_answer_file("<!DOCTYPE a [<!ENTITY b \"&b;&b;\">]><a>&b;</a>").problems.empty());
    CHECK_FALSE(read_answer_file(std::string(1000, '\0')).is_well_formed);
}

TEST_CASE("answer file: names of locales") {
    CHECK(is_locale_name("en-US"));
    CHECK_FALSE(is_locale_name("en-US<x/>"));
    CHECK_FALSE(is_locale_name(""));
}

TEST_CASE("answer file: real files") {
    for (const auto& fixture : fixtures_of_kind("unattend-xml")) {
        INFO(fixture.name);
        const auto file = read_answer_file(fixture.text);
        CHECK(file.is_well_formed == fixture.expected.at("well_formed").get<bool>());
        CHECK(file.logs_on_automatically == fixture.expected.at("autologon_enabled").get<bool>());
        nlohmann::json passes = nlohmann::json::object();
        std::set<std::string> architectures;
        for (const auto& component : file.components) {
            passes[component.pass] += component.name;
            architectures.insert(component.architecture);
        }
        CHECK(passes == fixture.expected.at("passes"));
        CHECK(nlohmann::json(architectures) == fixture.expected.at("processor_architectures"));
    }
}

}  // namespace
}  // namespace guestprep
