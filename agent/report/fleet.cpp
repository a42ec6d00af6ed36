// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "agent/core/text.h"
#include "agent/report/layout.h"
#include "agent/report/render.h"

namespace guestprep {
namespace {

struct Cause {
    std::string id, title;
    Severity severity = Severity::advice;
    std::vector<std::string> hosts;
};

struct Fleet {
    std::array<std::size_t, 3> verdicts{};  ///< by Verdict
    std::vector<Cause> causes;              ///< failing blockers and warnings, most hosts first
};

std::string host_name(const Report& report) {
    return report.host.hostname.empty() ? "(no host name)" : report.host.hostname;
}

Fleet summarise(std::span<const Report> reports) {
    Fleet fleet;
    std::map<std::pair<Severity, std::string>, Cause> causes;
    for (const auto& report : reports) {
        ++fleet.verdicts[static_cast<std::size_t>(report.verdict)];
        for (const auto& finding : report.findings) {
            if (finding.status != Status::fail || finding.severity < Severity::warning) continue;
            auto& cause = causes[{finding.severity, finding.id}];
            cause = {finding.id, finding.title, finding.severity, std::move(cause.hosts)};
            cause.hosts.push_back(host_name(report));
        }
    }
    for (auto& [key, cause] : causes) fleet.causes.push_back(std::move(cause));
    std::ranges::stable_sort(fleet.causes, [](const Cause& a, const Cause& b) {
        if (a.severity != b.severity) return a.severity > b.severity;
        return a.hosts.size() > b.hosts.size();
    });
    return fleet;
}

std::string counted_verdicts(const Fleet& fleet) {
    return fmt::format("{} ready, {} not ready, {} not determined", fleet.verdicts[0],
                       fleet.verdicts[1], fleet.verdicts[2]);
}

std::string blockers_of(const Report& report) {
    std::vector<std::string> ids;
    for (const auto* finding : failing(report, Severity::blocker)) ids.push_back(finding->id);
    return join(ids, ", ");
}

std::string as_json(std::span<const Report> reports, const Fleet& fleet) {
    nlohmann::ordered_json out{{"schema", "guestprep-fleet/1"},
                               {"hosts", nlohmann::ordered_json::array()},
                               {"verdicts",
                                {{"ready", fleet.verdicts[0]},
                                 {"not-ready", fleet.verdicts[1]},
                                 {"undetermined", fleet.verdicts[2]}}},
                               {"causes", nlohmann::ordered_json::array()}};
    for (const auto& report : reports) {
        nlohmann::ordered_json blockers = nlohmann::ordered_json::array();
        for (const auto* finding : failing(report, Severity::blocker)) blockers += finding->id;
        out["hosts"] += {{"hostname", report.host.hostname},   {"os", report.host.os},
                         {"verdict", name_of(report.verdict)}, {"blockers", blockers},
                         {"profile", report.profile},          {"route", name_of(report.route)},
                         {"started", report.started}};
    }
    for (const auto& cause : fleet.causes)
        out["causes"] += {{"id", cause.id},
                          {"title", cause.title},
                          {"severity", name_of(cause.severity)},
                          {"hosts", cause.hosts}};
    return out.dump(2) + "\n";
}

std::string as_text(std::span<const Report> reports, const Fleet& fleet) {
    auto out = fmt::format("{} hosts: {}\n\n", reports.size(), counted_verdicts(fleet));
    std::size_t longest = 4;
    for (const auto& report : reports)
        longest = std::max(longest, std::min<std::size_t>(width_of(host_name(report)), 30));
    for (const auto& report : reports)
        out += fmt::format("{:<{}}  {:<14}  {}\n", host_name(report), longest,
                           verdict_words(report.verdict), blockers_of(report));
    if (!fleet.causes.empty()) out += "\nWhat stands in the way, most hosts first\n";
    for (const auto& cause : fleet.causes)
        out += fmt::format("{:>6}  {:<8}  {}   {}\n", cause.hosts.size(), name_of(cause.severity),
                           cause.id, cause.title);
    return out;
}

/// Cells as rows of a table, in HTML or Markdown.
std::string as_table(std::span<const Report> reports, const Fleet& fleet, bool html) {
    const auto safe = [&](std::string_view text) {
        std::string out;
        for (const char c : shown(text, 300))
            out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : c == '|' ? "\\|" : std::string(1, c);
        return out;
    };
    const auto row = [&](const std::vector<std::string>& cells) {
        if (!html) return "| " + join(cells, " | ") + " |\n";
        return "<tr><td>" + join(cells, "</td><td>") + "</td></tr>\n";
    };
    std::string out = html ? "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                             "<title>guestprep: fleet</title><style>body{font:16px/1.5 system-ui,"
                             "sans-serif;margin:2rem}td{padding:.2rem 1rem .2rem 0;"
                             "vertical-align:top}</style></head><body><h1>Fleet</h1><p>"
                           : "# Fleet\n\n";
    out += fmt::format("{} hosts: {}", reports.size(), counted_verdicts(fleet));
    out += html ? "</p><table>\n" : "\n\n";
    out += row({"Host", "Verdict", "Blockers"});
    if (!html) out += "|---|---|---|\n";
    for (const auto& report : reports)
        out += row({safe(host_name(report)), std::string(verdict_words(report.verdict)),
                    safe(blockers_of(report))});
    out += html ? "</table><h2>What stands in the way</h2><table>\n"
                : "\n## What stands in the way\n\n";
    out += row({"Hosts", "Severity", "Check", "Requirement"});
    if (!html) out += "|---|---|---|---|\n";
    for (const auto& cause : fleet.causes)
        out += row({std::to_string(cause.hosts.size()), std::string(name_of(cause.severity)),
                    safe(cause.id), safe(cause.title)});
    return out + (html ? "</table></body></html>\n" : "");
}

/// A suite per host, as JUnit's <testsuites> allows.
std::string as_junit(std::span<const Report> reports) {
    constexpr std::string_view kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    std::string out(kHead);
    out += "<testsuites>\n";
    for (const auto& report : reports) out += render_junit(report).substr(kHead.size());
    return out + "</testsuites>\n";
}

}  // namespace

std::string render_fleet(std::span<const Report> reports, ReportFormat format,
                         const TextStyle& /*style*/) {
    const auto fleet = summarise(reports);
    switch (format) {
        case ReportFormat::json:
            return as_json(reports, fleet);
        case ReportFormat::html:
            return as_table(reports, fleet, true);
        case ReportFormat::markdown:
            return as_table(reports, fleet, false);
        case ReportFormat::junit:
            return as_junit(reports);
        case ReportFormat::text:
            break;
    }
    return as_text(reports, fleet);
}

}  // namespace guestprep
