// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Windows 7 and later client systems must be set to US English during the import.
// Why:         The conversion reads names that are translated elsewhere, and fails.
// Source:      2018 document, Operating Systems; present guide, Prerequisites.
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kUsEnglish = "0409";

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& system = facts.of_windows().system;
    const auto release = release_of(system);
    if (!release) return unknown(release.error());
    if (release->is_server) return not_applicable("concerns client systems");
    const auto key = below(keys::kControl, "Nls\\Language");
    if (!system.install_language) return unknown(system.install_language.error());
    if (*system.install_language != kUsEnglish)
        return fail("Windows was installed in another language than US English",
                    {{value_at(key, "InstallLanguage"), *system.install_language,
                      std::string(kUsEnglish)}});
    if (system.default_language && *system.default_language != kUsEnglish)
        return fail(
            "the system's language is not US English",
            {{value_at(key, "Default"), *system.default_language, std::string(kUsEnglish)}});
    return pass("installed in US English");
}

}  // namespace

constinit const Check checks::client_speaks_us_english{
    .id = "win-client-us-english",
    .title = "A Windows client is installed in US English",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .requirement =
        "Windows 7 and later client systems must be set to US English during the import.",
    .why = "The conversion reads names that are translated elsewhere, and fails.",
    .source = "2018 document, Operating Systems; present guide, Prerequisites.",
    .looks_at = "InstallLanguage and Default below Control\\Nls\\Language.",
    .remedy =
        "Install the en-US language pack, make it the display language of the system, and restart.",
    .evaluate = evaluate,
};

}  // namespace guestprep
