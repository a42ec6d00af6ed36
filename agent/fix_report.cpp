// SPDX-License-Identifier: Apache-2.0
#include "agent/fix_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "agent/core/diff.h"
#include "agent/core/secrets.h"
#include "agent/core/text.h"
#include "agent/formats/registry_value.h"
#include "agent/report/layout.h"

namespace guestprep {
namespace {

constexpr std::string_view kNotShown = "(content not shown)\n";

std::string diff_of(const FileEdit& edit) {
    if (edit.secret) return std::string(kNotShown);
    return to_utf8(without_secrets(unified_diff(edit.path.str(), edit.before, edit.after)));
}

std::string diff_of(const LinkEdit& edit) {
    const auto as_text = [](const std::optional<std::string>& target) {
        return target ? std::optional("link to " + *target + "\n") : std::nullopt;
    };
    return to_utf8(unified_diff(edit.path.str(), as_text(edit.before), as_text(edit.after)));
}

std::string diff_of(const ModeEdit& edit) {
    const auto as_text = [](const FileMode& mode) {
        return std::optional(
            fmt::format("mode {:04o} owner {}:{}\n", mode.permissions, mode.uid, mode.gid));
    };
    return unified_diff(edit.path.str(), as_text(edit.before), as_text(edit.after));
}

std::string diff_of(const RegistryEdit& edit) {
    if (edit.secret) return std::string(kNotShown);
    const auto as_text = [](const std::optional<RegistryValue>& value) {
        return value ? std::optional(std::string(type_name(value->type)) + " " +
                                     shown_value(*value) + "\n")
                     : std::nullopt;
    };
    return to_utf8(without_secrets(
        unified_diff(edit.key + "\\" + edit.name, as_text(edit.before), as_text(edit.after))));
}

ReportChange to_change(const PlannedChange& planned) {
    ReportChange out{.fixer = planned.fixer, .kind = "file", .target = {}, .diff = {}};
    if (const auto* file = std::get_if<FileEdit>(&planned.change)) {
        out.target = to_utf8(file->path.str());
        out.diff = diff_of(*file);
    } else if (const auto* mode = std::get_if<ModeEdit>(&planned.change)) {
        out.target = to_utf8(mode->path.str());
        out.diff = diff_of(*mode);
    } else if (const auto* link = std::get_if<LinkEdit>(&planned.change)) {
        out.kind = "service";
        out.target = to_utf8(link->path.str());
        out.diff = diff_of(*link);
    } else if (const auto* command = std::get_if<CommandStep>(&planned.change)) {
        out.kind = "command";
        out.target = to_utf8(typed(command->argv));
    } else if (const auto* value = std::get_if<RegistryEdit>(&planned.change)) {
        out.kind = "registry";
        out.target = to_utf8(value->key + "\\" + value->name);
        out.diff = diff_of(*value);
    }
    return out;
}

std::string backups_of(const Step& step, const std::string& run) {
    std::string text;
    for (const auto& file : step.touched)
        if (!file.backup.empty())
            text += (text.empty() ? "" : ", ") + (run_folder(run) / file.backup).str();
    return to_utf8(text);
}

std::string fixers_of(const Run& run) {
    std::vector<std::string> names;
    for (const auto& step : run.steps)
        if (std::ranges::find(names, step.fixer) == names.end()) names.push_back(step.fixer);
    return join(names, ", ");
}

}  // namespace

void add_plan(Report& report, const FixPlan& plan, const Applied& applied) {
    for (const auto& planned : plan.changes) report.changes.push_back(to_change(planned));
    for (const auto& step : applied.run.steps) {
        auto& change = report.changes.at(step.number - 1);
        change.applied = step.done && !step.undone;
        if (auto backup = backups_of(step, applied.run.id); !backup.empty())
            change.backup = std::move(backup);
    }
    for (const auto& command : plan.left)
        report.notes.push_back("to be run in the guest: " + to_utf8(typed(command.argv)));
    for (const auto& fixer : plan.fixers) {
        for (const auto& note : fixer.set.notes)
            report.notes.push_back(std::string(fixer.fixer->id) + ": " + to_utf8(note));
        if (!fixer.refused.empty())
            report.notes.push_back(std::string(fixer.fixer->id) + ": left alone, " +
                                   to_utf8(fixer.refused));
    }
    report.changed = applied.outcome != Outcome::rolled_back &&
                     std::ranges::any_of(report.changes, &ReportChange::applied);
    if (!applied.run.id.empty()) report.journal = run_folder(applied.run.id).str();
    if (!applied.trouble.empty())
        report.notes.push_back(std::string(applied.outcome == Outcome::rolled_back
                                               ? "a fix failed and everything was rolled back: "
                                               : "a fix failed and the rollback is incomplete: ") +
                               to_utf8(applied.trouble));
    for (const auto& note : applied.notes) report.notes.push_back(to_utf8(note));
}

void add_undo(Report& report, const Run& run, const Applied& undone) {
    for (std::size_t i = 0; i < undone.run.steps.size(); ++i) {
        const auto& step = undone.run.steps[i];
        if (!step.undone || run.steps[i].undone) continue;
        for (const auto& value : step.values)
            report.changes.push_back(
                {.fixer = step.fixer,
                 .kind = "registry",
                 .target = to_utf8(value.key + "\\" + value.name),
                 .diff = value.secret
                             ? "not put back: its content was never kept\n"
                             : "put back: " +
                                   (value.before ? shown_value(*value.before) : "not set") + "\n",
                 .backup = std::nullopt,
                 .applied = !value.secret});
        for (const auto& file : step.touched)
            report.changes.push_back({.fixer = step.fixer,
                                      .kind = step.kind == StepKind::link ? "service" : "file",
                                      .target = to_utf8(file.path.str()),
                                      .diff = "put back: " + to_utf8(words_for(file.before)) + "\n",
                                      .backup = std::nullopt,
                                      .applied = true});
    }
    report.changed = !report.changes.empty();
    report.journal = run_folder(run.id).str();
    for (const auto& note : undone.notes) report.notes.push_back(to_utf8(note));
    if (!undone.trouble.empty())
        report.notes.push_back("not everything could be put back: " + to_utf8(undone.trouble));
    else if (!report.changed)
        report.notes.push_back("run " + run.id + ": nothing is left to take back");
}

void mark_fixed(Report& report, const Report& before) {
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
        auto& finding = report.findings[i];
        if (finding.status != Status::pass || before.findings[i].status != Status::fail) continue;
        finding.status = Status::fixed;
        finding.severity = before.findings[i].severity;
        --report.counts.pass;
        ++report.counts.fixed;
    }
}

std::string runs_text(const std::vector<Run>& runs) {
    if (runs.empty()) return "This system knows no run.\n";
    std::string out;
    for (const auto& run : runs) {
        out += fmt::format("{:<26} {:<12} {} steps: {}\n", run.id, name_of(run.outcome),
                           run.steps.size(), fixers_of(run));
        if (!run.trouble.empty()) out += "    " + to_utf8(run.trouble) + "\n";
    }
    return out;
}

std::string runs_json(const std::vector<Run>& runs) {
    nlohmann::ordered_json out{{"schema", "guestprep-runs/1"},
                               {"runs", nlohmann::ordered_json::array()}};
    for (const auto& run : runs) {
        auto steps = nlohmann::ordered_json::array();
        for (const auto& step : run.steps) {
            auto paths = nlohmann::ordered_json::array();
            for (const auto& file : step.touched) paths += to_utf8(file.path.str());
            for (const auto& value : step.values) paths += to_utf8(value.key + "\\" + value.name);
            steps += {{"fixer", step.fixer},
                      {"kind", name_of(step.kind)},
                      {"paths", paths},
                      {"done", step.done},
                      {"undone", step.undone}};
        }
        out["runs"] += {{"id", run.id},
                        {"outcome", name_of(run.outcome)},
                        {"folder", run_folder(run.id).str()},
                        {"trouble", to_utf8(run.trouble)},
                        {"steps", steps}};
    }
    return out.dump(2) + "\n";
}

}  // namespace guestprep
