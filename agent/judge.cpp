// SPDX-License-Identifier: Apache-2.0
#include "agent/judge.h"

#include <algorithm>
#include <exception>

#include "agent/core/text.h"

namespace guestprep {
namespace {

bool selected(const Check& check, const JudgeOptions& options) {
    const auto fits = [&](const std::string& pattern) {
        return matches_glob(pattern, check.id) || std::ranges::any_of(check.covers, [&](auto id) {
                   return matches_glob(pattern, id);
               });
    };
    return (options.only.empty() || std::ranges::any_of(options.only, fits)) &&
           std::ranges::none_of(options.skip, fits);
}

Finding judge_manual(const CatalogueEntry& entry, const Facts& facts, const Profile& profile) {
    const auto& distribution = facts.os.distribution;
    if (!entry.distributions.empty() && distribution &&
        std::ranges::find(entry.distributions, distribution->id) == entry.distributions.end())
        return not_applicable("concerns other distributions than " + distribution->id);
    const auto other = profile.manual_texts.find(std::string(entry.check.id));
    return manual(other != profile.manual_texts.end() ? other->second
                                                      : std::string(entry.check.remedy));
}

/// One bad check becomes one `unknown`, not the end of the report.
Finding evaluate(const CatalogueEntry& entry, const Facts& facts, const Profile& profile) {
    if (entry.is_manual()) return judge_manual(entry, facts, profile);
    try {
        return entry.check.evaluate(facts, profile);
    } catch (const std::exception& error) {
        return unknown(std::string("internal error in this check: ") + error.what());
    }
}

/// The severity of a finding that is not settled: its own variant's where it names one, else the
/// gravest that the check could have come to.
Severity severity_of_unknown(const Check& check, const Finding& finding, const Profile& profile,
                             const JudgeOptions& options) {
    auto severity = profile.severity_of(check, finding.variant, options.route, options.target);
    if (finding.variant.empty())
        for (const auto& variant : check.variants)
            severity = std::max(
                severity, profile.severity_of(check, variant.name, options.route, options.target));
    return severity;
}

Judged judge_entry(const CatalogueEntry& entry, const Facts& facts, const Profile& profile,
                   const JudgeOptions& options) {
    Judged judged{.entry = &entry, .finding = {}};
    const auto& check = entry.check;
    if (!selected(check, options)) {
        judged.finding = not_applicable("left out with --only or --skip");
        judged.severity = check.severity;
        return judged;
    }
    judged.finding = evaluate(entry, facts, profile);
    judged.severity =
        judged.finding.status == Status::unknown
            ? severity_of_unknown(check, judged.finding, profile, options)
            : profile.severity_of(check, judged.finding.variant, options.route, options.target);
    if (judged.severity == Severity::none) {
        judged.finding = not_applicable("no rule of " + profile.name + " on this route");
        judged.severity = Severity::advice;
        return judged;
    }
    const auto waiver = std::ranges::find(options.waivers, check.id, &Waiver::check);
    const bool open =
        judged.finding.status == Status::fail || judged.finding.status == Status::unknown;
    if (open && waiver != options.waivers.end()) {
        judged.waiver = &*waiver;
        if (options.today <= waiver->until) judged.finding.status = Status::waived;
    }
    return judged;
}

}  // namespace

Judgement judge(const Facts& facts, const Profile& profile, const JudgeOptions& options) {
    Judgement judgement;
    for (const auto& entry : catalogue())
        if (entry.concerns(facts.platform))
            judgement.findings.push_back(judge_entry(entry, facts, profile, options));

    const auto ids_of = [&](Status status) {
        std::vector<std::string> ids;
        for (const auto& judged : judgement.findings)
            if (judged.finding.status == status && judged.severity >= options.fail_on)
                ids.emplace_back(judged.entry->check.id);
        return ids;
    };
    judgement.because = ids_of(Status::fail);
    judgement.verdict = Verdict::not_ready;
    if (!judgement.because.empty()) return judgement;
    judgement.because = ids_of(Status::unknown);
    judgement.verdict = judgement.because.empty() ? Verdict::ready : Verdict::undetermined;
    return judgement;
}

}  // namespace guestprep
