// SPDX-License-Identifier: Apache-2.0
#include "agent/report/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "agent/core/text.h"

namespace guestprep {
namespace {

std::string some(std::uint64_t n, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", n, n == 1 ? one : many);
}

std::string product_name(std::string_view hypervisor) {
    constexpr std::pair<std::string_view, std::string_view> kNames[] = {
        {"vmware", "VMware"}, {"hyperv", "Hyper-V"},        {"kvm", "KVM"},
        {"xen", "Xen"},       {"virtualbox", "VirtualBox"}, {"none", "no hypervisor"}};
    const auto found = std::ranges::find(kNames, hypervisor, [](const auto& p) { return p.first; });
    return std::string(found == std::end(kNames) ? hypervisor : found->second);
}

}  // namespace

std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    std::size_t used = 0;
    for (const auto word : words_of(text)) {
        const auto needed = width_of(word);
        if (lines.empty() || used + 1 + needed > width) {
            lines.emplace_back(word);
            used = needed;
        } else {
            lines.back() += ' ';
            lines.back() += word;
            used += 1 + needed;
        }
    }
    return lines;
}

std::string_view verdict_words(Verdict verdict) {
    constexpr std::array<std::string_view, 3> kWords = {"READY", "NOT READY", "NOT DETERMINED"};
    return kWords[static_cast<std::size_t>(verdict)];
}

std::vector<const ReportFinding*> failing(const Report& report, Severity severity) {
    std::vector<const ReportFinding*> found;
    for (const auto& finding : report.findings)
        if (finding.status == Status::fail && finding.severity == severity)
            found.push_back(&finding);
    return found;
}

std::vector<const ReportFinding*> with_status(const Report& report, Status status) {
    std::vector<const ReportFinding*> found;
    for (const auto& finding : report.findings)
        if (finding.status == status) found.push_back(&finding);
    return found;
}

std::string counted(const Report& report) {
    std::vector<std::string> parts;
    const auto add = [&](std::uint64_t n, std::string_view one, std::string_view many) {
        if (n != 0) parts.push_back(some(n, one, many));
    };
    add(failing(report, Severity::blocker).size(), "blocker", "blockers");
    add(failing(report, Severity::warning).size(), "warning", "warnings");
    add(failing(report, Severity::advice).size(), "piece of advice", "pieces of advice");
    add(report.counts.unknown, "not determined", "not determined");
    add(report.counts.waived, "waived", "waived");
    add(report.counts.fixed, "fixed", "fixed");
    add(report.counts.manual, "to do by hand", "to do by hand");
    add(report.counts.pass, "passed", "passed");
    return join(parts, ", ");
}

std::vector<std::string> other_verdicts(const Report& report) {
    const auto own = std::ranges::find_if(report.verdicts, [&](const auto& row) {
        return row.profile == report.profile && row.route == report.route;
    });
    std::vector<std::string> sentences;
    for (const auto& row : report.verdicts) {
        if (own == report.verdicts.end() || &row == &*own) continue;
        const auto where =
            row.profile == own->profile
                ? fmt::format("By the {} route", name_of(row.route))
                : fmt::format("Under {}, {} route,", row.profile, name_of(row.route));
        const auto same = row.verdict == own->verdict ? "also " : "";
        const auto words = lowercase(verdict_words(row.verdict));
        if (row.verdict == own->verdict && row.because == own->because) {
            sentences.push_back(fmt::format("{} also {}{}.", where, words,
                                            row.because.empty() ? "" : ", for the same reasons"));
            continue;
        }
        std::vector<std::string> more;
        std::ranges::copy_if(row.because, std::back_inserter(more), [&](const auto& id) {
            return std::ranges::find(own->because, id) == own->because.end();
        });
        sentences.push_back(
            more.empty() ? fmt::format("{} {}{}.", where, same, words)
                         : fmt::format("{} {}{}: {}.", where, same, words, join(more, ", ")));
    }
    return sentences;
}

std::string host_line(const Report& report) {
    const auto& host = report.host;
    std::vector<std::string> parts;
    const auto add = [&](std::string text) {
        if (!text.empty() && text != "unknown") parts.push_back(std::move(text));
    };
    add(host.os);
    if (!host.kernel.empty()) add("kernel " + host.kernel);
    add(product_name(host.hypervisor));
    add(host.firmware == "uefi" ? "UEFI" : host.firmware == "bios" ? "BIOS" : "");
    const auto name = host.hostname.empty() ? "(no host name)" : host.hostname;
    return name + "   " + join(parts, ", ");
}

std::string typed(const std::vector<std::string>& argv) {
    std::vector<std::string> words;
    for (const auto& word : argv) {
        const bool plain = !word.empty() && std::ranges::all_of(word, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   contains("-_./:=,+@%", std::string_view(&c, 1));
        });
        std::string quoted = "'";
        for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
        words.push_back(plain ? word : quoted + "'");
    }
    return join(words, " ");
}

}  // namespace guestprep
