// SPDX-License-Identifier: Apache-2.0
#include "agent/make_report.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/fix_plan.h"
#include "agent/inventory.h"
#include "agent/profiles.h"
#include "agent/reachability.h"

namespace guestprep {
namespace {

std::optional<std::string> text_or_null(std::string_view text) {
    if (text.empty()) return std::nullopt;
    return to_utf8(text);
}

ReportRemedy to_remedy(const Judged& judged, const Facts& facts) {
    const auto& own = judged.finding.remedy;
    ReportRemedy remedy{
        .text = to_utf8(own.text.empty() ? judged.entry->check.remedy : std::string_view(own.text)),
        .commands = own.commands,
        .fixer = std::nullopt,
        .kind = std::nullopt};
    const auto& id = judged.entry->check.id;
    if (const auto fix = facts.fixes.find(std::string(id)); fix != facts.fixes.end()) {
        remedy.fixer = fix->first;
        remedy.kind = fix->second;
    }
    return remedy;
}

ReportFinding to_finding(const Judged& judged, const Facts& facts, Route route) {
    const auto& check = judged.entry->check;
    const auto& finding = judged.finding;
    ReportFinding out{.id = std::string(check.id),
                      .title = std::string(check.title),
                      .status = finding.status,
                      .severity = judged.severity,
                      .summary = shown(finding.summary, 400),
                      .evidence = {},
                      .requirement = {std::string(check.requirement), std::string(check.source)},
                      .import_effect = std::nullopt,
                      .import_error = std::nullopt,
                      .waiver = std::nullopt,
                      .remedy = std::nullopt};
    for (const auto& seen : finding.evidence)
        out.evidence.push_back(
            {shown(seen.where), shown(seen.found, 400), shown(seen.expected, 400)});
    if (judged.waiver != nullptr)
        out.waiver = {judged.waiver->reason, judged.waiver->owner, judged.waiver->until};
    const bool open = finding.status == Status::fail || finding.status == Status::waived ||
                      finding.status == Status::unknown;
    if (!open) return out;
    // What AWS does by itself, it does on the image route only.
    if (route == Route::image) out.import_effect = text_or_null(check.import_effect);
    if (finding.status != Status::unknown) out.import_error = text_or_null(check.import_error);
    if (finding.status != Status::unknown || !finding.remedy.text.empty())
        out.remedy = to_remedy(judged, facts);
    return out;
}

ReportCounts count(const std::vector<ReportFinding>& findings) {
    ReportCounts counts;
    const std::array<std::uint64_t*, 7> by_status = {
        &counts.unknown,        &counts.pass,   &counts.fail, &counts.manual,
        &counts.not_applicable, &counts.waived, &counts.fixed};
    for (const auto& finding : findings) ++*by_status[static_cast<std::size_t>(finding.status)];
    return counts;
}

ReportHost to_host(const Facts& facts) {
    const auto known = [](const Fact<std::string>& fact) { return fact ? to_utf8(*fact) : ""; };
    ReportHost host;
    host.platform = facts.platform == Platform::windows_guest ? "windows" : "linux";
    host.hostname = known(facts.os.hostname);
    host.kernel = known(facts.os.running_kernel);
    host.architecture = known(facts.os.userland_machine);
    if (host.architecture.empty()) host.architecture = known(facts.os.kernel_machine);
    if (host.architecture.empty()) host.architecture = "unknown";
    host.hypervisor = facts.os.hypervisor ? facts.os.hypervisor->name : "unknown";
    host.firmware = facts.os.firmware ? std::string(name_of(*facts.os.firmware)) : "unknown";
    host.os = "unknown system";
    if (const auto& os = facts.os.distribution) {
        host.os = to_utf8(os->title);
        host.os_id = to_utf8(os->id);
        host.os_version = to_utf8(os->version);
    }
    return host;
}

/// All of `ids` passed: yes; one failed: no; else unknown. What is only advice for the target does
/// not keep the guest from starting there.
Answer all_pass(const Judgement& judgement, std::initializer_list<std::string_view> ids) {
    auto answer = Answer::yes;
    for (const auto id : ids) {
        const auto found = std::ranges::find_if(
            judgement.findings, [&](const Judged& j) { return j.entry->check.id == id; });
        if (found == judgement.findings.end()) return Answer::unknown;
        switch (found->finding.status) {
            case Status::pass:
            case Status::fixed:
                break;
            case Status::fail:
            case Status::waived:
                if (found->severity != Severity::advice) return Answer::no;
                break;
            default:
                answer = Answer::unknown;
        }
    }
    return answer;
}

/// Catalogue E.6: could the guest start there? What the run's own target is does not matter.
ReportReadiness readiness_of(const Facts& facts, const Profile& profile) {
    JudgeOptions options;
    options.only = {"linux-initramfs-*",  "linux-fstab-uuid",  "linux-grub-rootspec",
                    "boot-uefi-fallback", "win-registry-boot", "win-nvme-ena-drivers"};
    const auto judged_for = [&](Target target) {
        options.target = target;
        return judge(facts, profile, options);
    };
    const auto judgement = judged_for(Target::any);
    ReportReadiness ready;
    if (facts.platform == Platform::windows_guest) {
        ready.xen = all_pass(judged_for(Target::xen), {"win-registry-boot"});
        ready.nitro = all_pass(judged_for(Target::nitro), {"win-nvme-ena-drivers"});
        if (facts.os.firmware)
            ready.uefi = *facts.os.firmware == Firmware::uefi ? Answer::yes : Answer::no;
        return ready;
    }
    ready.xen = all_pass(judged_for(Target::xen), {"linux-initramfs-xen"});
    ready.nitro = all_pass(
        judged_for(Target::nitro),
        {"linux-initramfs-nvme", "linux-initramfs-ena", "linux-fstab-uuid", "linux-grub-rootspec"});
    ready.uefi = facts.os.firmware && *facts.os.firmware == Firmware::bios
                     ? Answer::no
                     : all_pass(judgement, {"boot-uefi-fallback"});
    return ready;
}

std::vector<ReportVerdict> all_verdicts(const Facts& facts, const Profile& profile,
                                        JudgeOptions options) {
    std::vector<Profile> profiles;
    for (const auto name : built_in_profiles())
        if (auto built_in = built_in_profile(name); built_in && built_in->name != profile.name)
            profiles.push_back(std::move(*built_in));
    profiles.push_back(profile);
    std::vector<ReportVerdict> rows;
    for (const auto& other : profiles)
        for (const auto route : {Route::image, Route::snapshot}) {
            options.route = route;
            auto judgement = judge(facts, other, options);
            rows.push_back({other.name, route, judgement.verdict, std::move(judgement.because)});
        }
    return rows;
}

}  // namespace

Report make_report(const Facts& facts, const Profile& profile, const JudgeOptions& options) {
    const auto judgement = judge(facts, profile, options);
    Report report;
    report.host = to_host(facts);
    report.privileged = facts.privileged;
    report.profile = profile.name;
    report.route = options.route;
    report.target = options.target;
    report.verdict = judgement.verdict;
    report.verdicts = all_verdicts(facts, profile, options);
    report.readiness = readiness_of(facts, profile);
    report.reachability = reachability_of(facts, profile, options);
    report.inventory = inventory_of(facts);
    if (options.route == Route::image) report.forecast = forecast_of(facts, profile);
    for (const auto& judged : judgement.findings)
        report.findings.push_back(to_finding(judged, facts, options.route));
    report.counts = count(report.findings);
    return report;
}

}  // namespace guestprep
