// SPDX-License-Identifier: Apache-2.0
//
// The formats that other programs show: HTML, JUnit XML, Markdown.
#include <fmt/format.h>

#include "agent/core/text.h"
#include "agent/report/layout.h"
#include "agent/report/render.h"
#include "agent/report/sections.h"

namespace guestprep {
namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : to_utf8(text)) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                // XML 1.0 has no way to write the other control characters.
                out += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
        }
    }
    return out;
}

constexpr std::string_view kStyle =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b1f24;background:#fff}h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}"
    "code,td.e{font:14px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}"
    ".v{display:inline-block;padding:.3rem .8rem;border-radius:.3rem;color:#fff;font-weight:600}"
    ".ready{background:#1a7f37}.not-ready{background:#cf222e}.undetermined{background:#9a6700}"
    "article{border-left:4px solid #d0d7de;padding:.2rem 1rem;margin:1rem 0}"
    ".blocker{border-color:#cf222e}.warning{border-color:#bf8700}table{border-collapse:collapse}"
    "td,th{text-align:left;vertical-align:top;padding:.15rem .8rem .15rem 0}"
    "@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}}"
    "@media print{body{margin:0}}";

void html_finding(std::string& out, const ReportFinding& finding) {
    out += fmt::format("<article class=\"{}\"><h3>{}</h3><p><code>{}</code> {}</p>",
                       name_of(finding.severity), escaped(finding.title), escaped(finding.id),
                       escaped(finding.summary));
    if (!finding.evidence.empty()) out += "<table>";
    for (const auto& seen : finding.evidence)
        out += fmt::format("<tr><td class=\"e\">{}</td><td class=\"e\">{}</td><td>{}</td></tr>",
                           escaped(seen.where), escaped(seen.found),
                           seen.expected.empty() ? "" : "expected: " + escaped(seen.expected));
    if (!finding.evidence.empty()) out += "</table>";
    if (finding.import_error) out += "<p>AWS says: " + escaped(*finding.import_error) + "</p>";
    if (finding.import_effect) out += "<p>AWS does: " + escaped(*finding.import_effect) + "</p>";
    if (finding.waiver)
        out += fmt::format("<p>Waiver: {} ({}, until {})</p>", escaped(finding.waiver->reason),
                           escaped(finding.waiver->owner), escaped(finding.waiver->until));
    if (finding.remedy) {
        out += "<p>Next: " + escaped(finding.remedy->text) + "</p>";
        for (const auto& command : finding.remedy->commands)
            out += "<p><code>" + escaped(typed(command)) + "</code></p>";
    }
    out += fmt::format("<p><small>{} ({})</small></p></article>\n",
                       escaped(finding.requirement.text), escaped(finding.requirement.source));
}

void html_outlook(std::string& out, const Report& report) {
    const auto lines =
        report.inventory ? inventory_lines(*report.inventory) : std::vector<std::string>();
    if (!lines.empty()) out += "<details><summary>The old machine</summary><ul>\n";
    for (const auto& line : lines) out += "<li>" + escaped(line) + "</li>\n";
    if (!lines.empty()) out += "</ul></details>\n";
    if (!report.forecast || report.forecast->empty()) return;
    out += "<details><summary>What AWS will change</summary>\n";
    for (const auto& forecast : *report.forecast)
        out += "<pre>" + escaped(forecast.diff) + "</pre>\n";
    out += "</details>\n";
}

struct Group {
    std::string_view title;
    std::vector<const ReportFinding*> findings;
};

/// What deserves a reader's time, most urgent first.
std::vector<Group> groups_of(const Report& report) {
    return {{"Blockers", failing(report, Severity::blocker)},
            {"Warnings", failing(report, Severity::warning)},
            {"Advice", failing(report, Severity::advice)},
            {"Not determined", with_status(report, Status::unknown)},
            {"Waived", with_status(report, Status::waived)},
            {"Fixed", with_status(report, Status::fixed)}};
}

std::string pipe_safe(std::string_view text) {
    std::string out;
    for (const char c : shown(text, 300))
        out += c == '|' || c == '`' || c == '*' || c == '_' || c == '<' || c == '[' || c == '\\'
                   ? std::string("\\") + c
                   : std::string(1, c);
    return out;
}

/// A block of code by indentation: no fence that a guest's text could close.
std::string indented(std::string_view text) {
    std::string out;
    for (const auto line : lines_of(text)) out += "    " + std::string(line) + "\n";
    return out;
}

std::string as_code(std::string_view text) {
    // A backtick cannot be escaped inside a code span: show it as its look-alike.
    std::string out = "`";
    for (const char c : shown(text, 300)) out += c == '`' ? '\'' : c;
    return out + "`";
}

}  // namespace

std::string render_html(const Report& report) {
    auto out = fmt::format(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width\">"
        "<title>{0}: {1}</title><style>{2}</style></head><body>\n"
        "<h1>{0}</h1><p><span class=\"v {3}\">{4}</span> {5}</p>\n<p>{6}</p>\n"
        "<p>Rules {7}, route {8}, target {9}; {10} {11}, {12}</p>\n",
        escaped(report.host.hostname), verdict_words(report.verdict), kStyle,
        name_of(report.verdict), verdict_words(report.verdict), escaped(counted(report)),
        escaped(host_line(report)), escaped(report.profile), name_of(report.route),
        name_of(report.target), escaped(report.tool.name), escaped(report.tool.version),
        escaped(report.started));
    for (const auto& [title, findings] : groups_of(report)) {
        if (findings.empty()) continue;
        out += fmt::format("<h2>{}</h2>\n", title);
        for (const auto* finding : findings) html_finding(out, *finding);
    }
    const auto list = [&](std::string_view title, Status status) {
        const auto findings = with_status(report, status);
        if (findings.empty()) return;
        out += fmt::format("<details><summary>{} ({})</summary><ul>\n", title, findings.size());
        for (const auto* finding : findings)
            out += fmt::format("<li><code>{}</code> {}: {}</li>\n", escaped(finding->id),
                               escaped(finding->title), escaped(finding->summary));
        out += "</ul></details>\n";
    };
    if (report.reachability)
        out += "<p><strong>Can somebody get in afterwards?</strong> " +
               escaped(chain_text(*report.reachability)) + "</p>\n";
    html_outlook(out, report);
    list("To do by hand", Status::manual);
    list("Passed", Status::pass);
    list("Not applicable", Status::not_applicable);
    out += "<h2>Other rules and routes</h2><ul>\n";
    for (const auto& sentence : other_verdicts(report))
        out += "<li>" + escaped(sentence) + "</li>\n";
    return out + "</ul></body></html>\n";
}

std::string render_junit(const Report& report) {
    std::string cases;
    std::size_t failures = 0;
    std::size_t errors = 0;
    std::size_t skipped = 0;
    for (const auto& finding : report.findings) {
        std::string inside;
        std::string evidence = finding.summary;
        for (const auto& seen : finding.evidence) evidence += "\n" + seen.where + ": " + seen.found;
        if (finding.remedy) evidence += "\nnext: " + finding.remedy->text;
        if (finding.status == Status::fail && finding.severity != Severity::advice) {
            ++failures;
            inside =
                fmt::format("<failure type=\"{}\" message=\"{}\">{}</failure>",
                            name_of(finding.severity), escaped(finding.summary), escaped(evidence));
        } else if (finding.status == Status::unknown) {
            ++errors;
            inside =
                fmt::format("<error type=\"unknown\" message=\"{}\"/>", escaped(finding.summary));
        } else if (finding.status != Status::pass && finding.status != Status::fixed) {
            ++skipped;
            inside = fmt::format("<skipped message=\"{}: {}\"/>", name_of(finding.status),
                                 escaped(finding.summary));
        }
        cases += fmt::format("  <testcase classname=\"guestprep\" name=\"{}\">{}</testcase>\n",
                             escaped(finding.id), inside);
    }
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"guestprep {}\" "
        "hostname=\"{}\" timestamp=\"{}\" time=\"{:.3f}\" tests=\"{}\" failures=\"{}\" "
        "errors=\"{}\" skipped=\"{}\">\n{}</testsuite>\n",
        escaped(report.profile), escaped(report.host.hostname), escaped(report.started),
        static_cast<double>(report.duration_ms) / 1000.0, report.findings.size(), failures, errors,
        skipped, cases);
}

std::string render_markdown(const Report& report) {
    auto out = fmt::format(
        "# {}: {}\n\n{}\n\n{}. Rules {}, route {}, target {}.\n", pipe_safe(report.host.hostname),
        verdict_words(report.verdict), pipe_safe(counted(report)), pipe_safe(host_line(report)),
        pipe_safe(report.profile), name_of(report.route), name_of(report.target));
    for (const auto& [title, findings] : groups_of(report)) {
        if (findings.empty()) continue;
        out += fmt::format("\n## {}\n", title);
        for (const auto* finding : findings) {
            out += fmt::format("\n- **{}** ({}): {}\n", pipe_safe(finding->id),
                               pipe_safe(finding->title), pipe_safe(finding->summary));
            for (const auto& seen : finding->evidence)
                out += fmt::format("  - {} {}\n", as_code(seen.where), as_code(seen.found));
            if (finding->remedy) out += "  - Next: " + pipe_safe(finding->remedy->text) + "\n";
        }
    }
    const auto manual = with_status(report, Status::manual);
    if (!manual.empty()) out += "\n## To do by hand\n\n";
    for (const auto* finding : manual)
        out +=
            fmt::format("- [ ] **{}**: {}\n", pipe_safe(finding->id), pipe_safe(finding->summary));
    if (report.reachability)
        out += "\n## Can somebody get in afterwards?\n\n" +
               pipe_safe(chain_text(*report.reachability)) + "\n";
    if (report.inventory) {
        const auto lines = inventory_lines(*report.inventory);
        if (!lines.empty()) out += "\n## The old machine\n\n";
        for (const auto& line : lines) out += "- " + pipe_safe(line) + "\n";
    }
    if (report.forecast && !report.forecast->empty()) {
        out += "\n## What AWS will change\n";
        for (const auto& forecast : *report.forecast) out += "\n" + indented(forecast.diff);
    }
    return out;
}

std::string render(const Report& report, ReportFormat format, const TextStyle& style) {
    switch (format) {
        case ReportFormat::json:
            return render_json(report);
        case ReportFormat::html:
            return render_html(report);
        case ReportFormat::junit:
            return render_junit(report);
        case ReportFormat::markdown:
            return render_markdown(report);
        case ReportFormat::text:
            break;
    }
    return render_text(report, style);
}

}  // namespace guestprep
