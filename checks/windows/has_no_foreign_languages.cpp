// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Language packs that use UTF-16 or non-ASCII characters are not supported; use
//              English during the import.
// Why:         Names of accounts, groups and services are then not what the conversion looks for.
// Source:      2018 document, Limitations; present guide, Limitations.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"system-language", Severity::blocker, "The system itself speaks a language of another script"},
};

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Languages whose script is not Latin, by their tag or, as 2003 and InstallLanguage have it, their
/// number: the low ten bits name the language.
bool has_other_script(std::string_view language) {
    constexpr std::string_view kTags[] = {"ar", "bg", "el", "fa",      "he", "hi", "ja", "kk",
                                          "ko", "mk", "ru", "sr-cyrl", "ta", "th", "uk", "zh"};
    constexpr std::uint64_t kNumbers[] = {0x01, 0x02, 0x04, 0x08, 0x0d, 0x11, 0x12, 0x19, 0x1e,
                                          0x20, 0x22, 0x23, 0x29, 0x2f, 0x39, 0x3f, 0x49};
    if (language.size() == 4 || language.size() == 8)
        if (const auto number = to_number(language, 16))
            return std::ranges::find(kNumbers, *number & 0x3ff) != std::end(kNumbers);
    const auto tag = lowercase(language);
    return std::ranges::any_of(kTags, [&](std::string_view known) {
        return tag == known || tag.starts_with(std::string(known) + "-");
    });
}

bool is_us_english(std::string_view language) {
    return equal_ignoring_case(language, "en-US") || language.ends_with("0409");
}

std::vector<Evidence> foreign_names(const WindowsFacts& windows) {
    std::vector<Evidence> names;
    if (windows.system.computer_name && !is_ascii(*windows.system.computer_name))
        names.push_back({"the computer's name", *windows.system.computer_name, "ASCII letters"});
    if (windows.access.accounts)
        for (const auto& account : *windows.access.accounts)
            if (!is_ascii(account.name))
                names.push_back(
                    {"account " + std::to_string(account.rid), account.name, "ASCII letters"});
    return names;
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    const auto& system = windows.system;
    const auto key = below(keys::kControl, "Nls\\Language");
    if (system.install_language && has_other_script(*system.install_language))
        return fail("the system's own language does not use Latin letters",
                    {{value_at(key, "InstallLanguage"), *system.install_language, "0409"}})
            .as("system-language");
    auto evidence = foreign_names(windows);
    if (system.languages)
        for (const auto& language : *system.languages)
            if (!is_us_english(language) &&
                (has_other_script(language) ||
                 !is_us_english(system.install_language.value_or("0409"))))
                evidence.push_back(
                    {std::string(keys::kControl) + "\\MUI\\UILanguages", language, "en-US alone"});
    if (!evidence.empty()) {
        auto summary = "other languages than English are in use: " + shown(evidence.front().found);
        return fail(std::move(summary), std::move(evidence));
    }
    if (!system.languages && !system.languages.is_absent())
        return unknown(system.languages.error());
    if (!system.install_language) return unknown(system.install_language.error());
    return pass("no language of another script is installed");
}

}  // namespace

constinit const Check checks::has_no_foreign_languages{
    .id = "win-language-pack",
    .title = "No language packs with other scripts are installed",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement =
        "Language packs that use UTF-16 or non-ASCII characters are not supported; use English "
        "during the import.",
    .why = "Names of accounts, groups and services are then not what the conversion looks for.",
    .source = "2018 document, Limitations; present guide, Limitations.",
    .looks_at =
        "Subkeys of Control\\MUI\\UILanguages (2003: values of Control\\Nls\\MUILanguages), the "
        "install language, names of the built-in accounts, the computer name.",
    .remedy =
        "Remove the language packs (lpksetup /u) and restart; rename accounts whose names are not "
        "ASCII.",
    .evaluate = evaluate,
};

}  // namespace guestprep
