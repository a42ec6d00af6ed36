// SPDX-License-Identifier: Apache-2.0
#include "agent/listing.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "agent/core/text.h"
#include "agent/fix_plan.h"
#include "agent/report/layout.h"

namespace guestprep {
namespace {

/// The gravest that a finding of this check can be.
Severity gravest(const Check& check, const Profile& profile, Route route) {
    auto severity = profile.severity_of(check, "", route, Target::any);
    for (const auto& variant : check.variants)
        severity = std::max(severity, profile.severity_of(check, variant.name, route, Target::any));
    return severity;
}

std::string severity_word(const CatalogueEntry& entry, const Profile& profile, Route route) {
    if (entry.is_manual()) return "manual";
    return std::string(name_of(gravest(entry.check, profile, route)));
}

std::vector<std::string> covered(const Check& check) {
    return {check.covers.begin(), check.covers.end()};
}

std::string paragraph(std::string_view title, std::string_view text) {
    if (text.empty()) return {};
    std::string out(title);
    out += '\n';
    for (const auto& line : wrapped(text, 76)) out += "    " + line + "\n";
    return out + "\n";
}

std::string severities_of(const CatalogueEntry& entry, const Profile& profile) {
    if (entry.is_manual()) return "To do by hand; it does not decide the verdict.";
    const auto& check = entry.check;
    const auto both = [&](std::string_view variant) {
        const auto image = profile.severity_of(check, variant, Route::image, Target::any);
        const auto snapshot = profile.severity_of(check, variant, Route::snapshot, Target::any);
        return image == snapshot ? std::string(name_of(image))
                                 : fmt::format("{} (image route), {} (snapshot route)",
                                               name_of(image), name_of(snapshot));
    };
    auto out = both("");
    for (const auto& variant : check.variants)
        out += fmt::format("; {}: {}", variant.title, both(variant.name));
    return out + ".";
}

}  // namespace

std::string list_text(const Profile& profile) {
    auto out = fmt::format("{:<26} {:<8} {:<8} {:<8} {:<8} {}\n", "ID", "platform", "image",
                           "snapshot", "fix", "requirement");
    for (const auto& entry : catalogue()) {
        const auto* fixer = fixer_for(entry.check.id);
        out +=
            fmt::format("{:<26} {:<8} {:<8} {:<8} {:<8} {}\n", entry.check.id,
                        name_of(entry.check.platform), severity_word(entry, profile, Route::image),
                        severity_word(entry, profile, Route::snapshot),
                        fixer == nullptr ? "-" : kind_name(fixer->kind), entry.check.title);
        if (!entry.check.covers.empty())
            for (const auto& line : wrapped("covers " + join(covered(entry.check), ", "), 52))
                out += std::string(63, ' ') + line + "\n";
    }
    return out;
}

std::string list_json(const Profile& profile) {
    nlohmann::ordered_json out{{"schema", "guestprep-list/1"},
                               {"profile", profile.name},
                               {"checks", nlohmann::ordered_json::array()}};
    for (const auto& entry : catalogue()) {
        const auto& check = entry.check;
        const auto* fixer = fixer_for(check.id);
        auto variants = nlohmann::ordered_json::array();
        for (const auto& variant : check.variants)
            variants +=
                {{"name", variant.name},
                 {"title", variant.title},
                 {"image",
                  name_of(profile.severity_of(check, variant.name, Route::image, Target::any))},
                 {"snapshot",
                  name_of(profile.severity_of(check, variant.name, Route::snapshot, Target::any))}};
        out["checks"] +=
            {{"id", check.id},
             {"covers", covered(check)},
             {"platform", name_of(check.platform)},
             {"title", check.title},
             {"manual", entry.is_manual()},
             {"severity",
              {{"image", severity_word(entry, profile, Route::image)},
               {"snapshot", severity_word(entry, profile, Route::snapshot)}}},
             {"variants", variants},
             {"requirement", check.requirement},
             {"source", check.source},
             {"fixer", fixer == nullptr ? nlohmann::ordered_json(nullptr)
                                        : nlohmann::ordered_json(fixer->id)},
             {"fixer_kind", fixer == nullptr ? nlohmann::ordered_json(nullptr)
                                             : nlohmann::ordered_json(kind_name(fixer->kind))}};
    }
    return out.dump(2) + "\n";
}

std::string list_markdown(const Profile& newest, const Profile& oldest) {
    std::string out =
        "# Checks\n\nMade from the check table; do not edit (`./dev docs` writes it again).\n\n"
        "Severity is given for the image and the snapshot route; where a requirement has cases "
        "that weigh differently, the gravest.\n";
    for (const auto& entry : catalogue()) {
        const auto& check = entry.check;
        out += fmt::format("\n## {}\n\n{}\n\n", check.id, check.title);
        out += fmt::format("- Platform: {}\n", name_of(check.platform));
        if (!check.covers.empty()) out += fmt::format("- Covers: {}\n", join(covered(check), ", "));
        for (const auto* profile : {&newest, &oldest})
            out += fmt::format("- Severity under {}: {}\n", profile->name,
                               severities_of(entry, *profile));
        out += fmt::format("- Requirement: {}\n- Why: {}\n", check.requirement, check.why);
        if (!entry.is_manual()) out += fmt::format("- Looks at: {}\n", check.looks_at);
        if (!check.import_effect.empty())
            out += fmt::format("- AWS does by itself: {}\n", check.import_effect);
        if (!check.import_error.empty())
            out += fmt::format("- The import says: {}\n", check.import_error);
        if (const auto* fixer = fixer_for(check.id))
            out += fmt::format("- Fix ({}): {} {} Leaves: {}\n", kind_name(fixer->kind),
                               std::string(fixer->title) + ".", fixer->changes, fixer->leaves);
        out += fmt::format("- Next action: {}\n- Source: {}\n", check.remedy, check.source);
    }
    return out;
}

std::string explain_text(const CatalogueEntry& entry, const Profile& profile) {
    const auto& check = entry.check;
    auto out = fmt::format("{}   {}\n\n", check.id, check.title);
    out += paragraph("What AWS requires", check.requirement);
    out += paragraph("Why", check.why);
    out += paragraph("Severity under " + profile.name, severities_of(entry, profile));
    out += paragraph("How it is looked at", check.looks_at);
    out += paragraph("What AWS does by itself (image route)", check.import_effect);
    out += paragraph("What the import says", check.import_error);
    out += paragraph("What to do", check.remedy);
    if (const auto* fixer = fixer_for(check.id)) {
        out += paragraph(fmt::format("What 'guestprep fix' does ({})", kind_name(fixer->kind)),
                         std::string(fixer->title) + ". " + std::string(fixer->changes));
        out += paragraph("What it leaves alone", fixer->leaves);
    }
    if (!check.covers.empty()) out += paragraph("Covers", join(covered(check), ", "));
    out += paragraph("Source", check.source);
    out.pop_back();
    return out;
}

}  // namespace guestprep
