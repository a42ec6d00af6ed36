// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "agent/core/text.h"
#include "agent/report/layout.h"
#include "agent/report/render.h"
#include "agent/report/sections.h"

namespace guestprep {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kMostEvidence = 8;  // the JSON report has them all

/// Writes lines of 80 columns; the only place that knows about colour.
class Page {
public:
    explicit Page(const TextStyle& style) : style_(style) {}

    void line(std::string_view text = {}) {
        out_ += text;
        out_ += '\n';
    }
    /// Wraps; `first` begins the first line, and the others are indented as far.
    void paragraph(std::string_view first, std::string_view text) {
        const auto indent = width_of(first);
        bool begun = false;
        for (const auto& part : wrapped(text, kWidth - indent)) {
            line((begun ? std::string(indent, ' ') : std::string(first)) + part);
            begun = true;
        }
        if (!begun) line(trimmed(first));
    }
    void heading(std::string_view text, const char* colour) {
        line();
        line(painted(text, colour));
    }
    [[nodiscard]] std::string painted(std::string_view text, const char* colour) const {
        if (!style_.colour) return std::string(text);
        return fmt::format("\x1b[{}m{}\x1b[0m", colour, text);
    }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    const TextStyle& style_;
    std::string out_;
};

const char* colour_of(Verdict verdict) {
    constexpr std::array<const char*, 3> kColours = {"1;32", "1;31", "1;33"};
    return kColours[static_cast<std::size_t>(verdict)];
}

void write_head(Page& page, const Report& report) {
    page.paragraph(fmt::format("{} {}   ", report.tool.name, report.tool.version),
                   host_line(report));
    page.paragraph("", fmt::format("rules {}, route {}, target {}; read {} files in {} ms",
                                   report.profile, name_of(report.route), name_of(report.target),
                                   report.files_read, report.duration_ms));
    if (report.host.root != "/") page.line("root " + report.host.root);
    page.line();
    const auto words = verdict_words(report.verdict);
    const auto lines = wrapped(counted(report), kWidth - words.size() - 3);
    page.line(page.painted(words, colour_of(report.verdict)) + "   " +
              (lines.empty() ? "" : lines.front()));
    for (std::size_t i = 1; i < lines.size(); ++i)
        page.line(std::string(words.size() + 3, ' ') + lines[i]);
    if (!report.privileged)
        page.paragraph("", "Not run as root: what only root can read is not determined.");
}

void write_evidence(Page& page, const ReportFinding& finding) {
    std::size_t shown_so_far = 0;
    for (const auto& seen : finding.evidence) {
        if (shown_so_far++ == kMostEvidence) {
            page.line(fmt::format("      ... and {} more (see the JSON report)",
                                  finding.evidence.size() - kMostEvidence));
            return;
        }
        const auto where = "      " + seen.where + "   ";
        const auto found = shown(seen.found, 200);
        if (width_of(where) + width_of(found) <= kWidth)
            page.line(where + found);
        else {
            page.line("      " + seen.where);
            page.paragraph("          ", found);
        }
        if (!seen.expected.empty())
            page.paragraph("          expected: ", shown(seen.expected, 200));
    }
}

std::string fix_command(const ReportRemedy& remedy) {
    const auto kind = remedy.kind.value_or("");
    if (kind == "safe") return "guestprep fix   (safe, undoable)";
    const auto command = "guestprep fix --include " + *remedy.fixer;
    return kind == "irreversible" ? command + " --allow-irreversible   (cannot be undone)"
                                  : command + "   (opt-in, undoable)";
}

void write_finding(Page& page, const ReportFinding& finding) {
    page.paragraph("  " + finding.id + "   ", finding.title);
    page.paragraph("      ", finding.summary);
    write_evidence(page, finding);
    if (finding.import_error) page.paragraph("      AWS says: ", *finding.import_error);
    if (finding.import_effect) page.paragraph("      AWS does: ", *finding.import_effect);
    if (finding.waiver)
        page.paragraph("      waiver: ", fmt::format("{} ({}, until {})", finding.waiver->reason,
                                                     finding.waiver->owner, finding.waiver->until));
    if (!finding.remedy) return;
    if (!finding.remedy->text.empty()) page.paragraph("      next: ", finding.remedy->text);
    for (const auto& command : finding.remedy->commands) page.line("            " + typed(command));
    if (finding.remedy->fixer) page.paragraph("      fix   ", fix_command(*finding.remedy));
}

/// What fix and undo have changed, or would.
void write_changes(Page& page, const Report& report) {
    if (report.changes.empty()) return;
    page.heading(report.mode == Mode::dry_run ? "WOULD CHANGE"
                 : report.mode == Mode::undo  ? "PUT BACK"
                                              : "CHANGES",
                 "1");
    for (const auto& change : report.changes) {
        const bool missed = report.mode == Mode::fix && !change.applied;
        page.paragraph("  " + change.fixer + "   ", (change.kind == "command" ? "run " : "") +
                                                        change.target +
                                                        (missed ? "   (not done)" : ""));
        for (const auto line : lines_of(change.diff)) page.line("      " + shown(line, 300));
        if (change.backup) page.paragraph("      before: ", *change.backup);
    }
}

void write_notes(Page& page, const Report& report) {
    if (report.notes.empty()) return;
    page.heading("NOTES", "1");
    for (const auto& note : report.notes) page.paragraph("  ", note);
}

void write_group(Page& page, std::string_view name, const char* colour,
                 const std::vector<const ReportFinding*>& findings) {
    if (findings.empty()) return;
    page.heading(name, colour);
    for (const auto* finding : findings) write_finding(page, *finding);
}

void write_brief(Page& page, std::string_view name, const char* colour,
                 const std::vector<const ReportFinding*>& findings) {
    if (findings.empty()) return;
    page.heading(name, colour);
    for (const auto* finding : findings)
        page.paragraph("  " + finding->id + "   ", finding->summary);
}

/// One reason may keep many checks from an answer: it is said once.
void write_unknown(Page& page, const std::vector<const ReportFinding*>& findings) {
    constexpr std::ptrdiff_t kMany = 3;
    if (findings.empty()) return;
    page.heading("NOT DETERMINED", "1;33");
    std::set<std::string_view> said;
    for (const auto* finding : findings) {
        const auto same = [&](const ReportFinding* other) {
            return other->summary == finding->summary;
        };
        if (std::ranges::count_if(findings, same) < kMany) {
            page.paragraph("  " + finding->id + "   ", finding->summary);
            continue;
        }
        if (!said.insert(finding->summary).second) continue;
        std::string ids;
        for (const auto* other : findings)
            if (same(other)) ids += (ids.empty() ? "" : ", ") + other->id;
        page.paragraph("  ", finding->summary + ":");
        page.paragraph("      ", ids);
    }
}

bool can_be_fixed(const Report& report) {
    return report.mode != Mode::fix &&
           std::ranges::any_of(report.findings, [](const ReportFinding& finding) {
               return finding.status == Status::fail && finding.remedy && finding.remedy->fixer;
           });
}

/// What AWS will do and what the old machine was: for those who ask for more.
void write_outlook(Page& page, const Report& report) {
    if (report.inventory) {
        const auto lines = inventory_lines(*report.inventory);
        if (!lines.empty()) page.heading("THE OLD MACHINE", "1");
        for (const auto& line : lines) page.paragraph("  ", line);
    }
    if (!report.forecast || report.forecast->empty()) return;
    page.heading("WHAT AWS WILL CHANGE", "1");
    for (const auto& forecast : *report.forecast)
        for (const auto line : lines_of(forecast.diff)) page.line("  " + shown(line, 300));
}

void write_tail(Page& page, const Report& report) {
    page.line();
    if (report.reachability)
        page.paragraph("Can somebody get in afterwards?   ", chain_text(*report.reachability));
    const auto& ready = report.readiness;
    const auto words = [](Answer answer) {
        return answer == Answer::unknown ? "not determined" : name_of(answer);
    };
    const auto uefi = report.host.firmware == "bios" ? "not applicable (BIOS)" : words(ready.uefi);
    page.line(fmt::format("Xen ready: {}   Nitro ready: {}   UEFI: {}", words(ready.xen),
                          words(ready.nitro), uefi));
    for (const auto& sentence : other_verdicts(report)) page.paragraph("", sentence);
    page.line();
    const auto next = failing(report, Severity::blocker);
    if (!next.empty())
        page.line(fmt::format("Next   guestprep explain {}", next.front()->id));
    else
        page.line("Next   guestprep list                     every check and what it asks");
    if (report.mode == Mode::fix && report.changed)
        page.line("       guestprep undo                     takes this run back");
    else if (can_be_fixed(report))
        page.line("       guestprep fix --dry-run            shows every change before it is made");
    page.line("       guestprep import-plan              what to do on the AWS side");
    page.line("       guestprep --report html=ready.html the same for reading and printing");
}

}  // namespace

std::string render_text(const Report& report, const TextStyle& style) {
    Page page(style);
    write_head(page, report);
    write_changes(page, report);
    write_notes(page, report);
    write_group(page, "BLOCKERS", "1;31", failing(report, Severity::blocker));
    write_group(page, "WARNINGS", "1;33", failing(report, Severity::warning));
    if (style.quiet) return page.take();
    write_group(page, "ADVICE", "1", failing(report, Severity::advice));
    write_unknown(page, with_status(report, Status::unknown));
    write_group(page, "WAIVED", "1", with_status(report, Status::waived));
    write_group(page, "FIXED", "1;32", with_status(report, Status::fixed));
    if (style.verbose) {
        write_brief(page, "TO DO BY HAND", "1", with_status(report, Status::manual));
        write_brief(page, "PASSED", "1;32", with_status(report, Status::pass));
        write_outlook(page, report);
        write_brief(page, "NOT APPLICABLE", "1", with_status(report, Status::not_applicable));
    }
    write_tail(page, report);
    return page.take();
}

}  // namespace guestprep
