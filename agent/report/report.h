// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/finding.h"
#include "agent/core/profile.h"

namespace guestprep {

enum class Mode : std::uint8_t { audit, dry_run, fix, undo };
constexpr std::array<std::string_view, 4> enum_names(Mode) {
    return {"audit", "dry-run", "fix", "undo"};
}

enum class Verdict : std::uint8_t { ready, not_ready, undetermined };
constexpr std::array<std::string_view, 3> enum_names(Verdict) {
    return {"ready", "not-ready", "undetermined"};
}

enum class Answer : std::uint8_t { yes, no, unknown };
constexpr std::array<std::string_view, 3> enum_names(Answer) { return {"yes", "no", "unknown"}; }

constexpr std::array<std::string_view, 7> enum_names(Status) {
    return {"unknown", "pass", "fail", "manual", "not-applicable", "waived", "fixed"};
}

template <class E>
[[nodiscard]] constexpr std::string_view name_of(E value) {
    return enum_names(value)[static_cast<std::size_t>(value)];
}

struct ReportTool {
    std::string name = "guestprep";
    std::string version;
    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("version", self.version);
    }
};

struct ReportHost {
    std::string hostname, platform, os, os_id, os_version, architecture, kernel, hypervisor;
    std::string firmware, root;
    static void fields(auto& self, auto&& visit) {
        visit("hostname", self.hostname);
        visit("platform", self.platform);
        visit("os", self.os);
        visit("os_id", self.os_id);
        visit("os_version", self.os_version);
        visit("architecture", self.architecture);
        visit("kernel", self.kernel);
        visit("hypervisor", self.hypervisor);
        visit("firmware", self.firmware);
        visit("root", self.root);
    }
};

struct ReportVerdict {
    std::string profile;
    Route route = Route::image;
    Verdict verdict = Verdict::undetermined;
    std::vector<std::string> because;  ///< IDs of what decided it
    static void fields(auto& self, auto&& visit) {
        visit("profile", self.profile);
        visit("route", self.route);
        visit("verdict", self.verdict);
        visit("because", self.because);
    }
};

struct ReportReadiness {
    Answer xen = Answer::unknown, nitro = Answer::unknown, uefi = Answer::unknown;
    static void fields(auto& self, auto&& visit) {
        visit("xen", self.xen);
        visit("nitro", self.nitro);
        visit("uefi", self.uefi);
    }
};

struct ReportCounts {
    std::uint64_t pass = 0, fail = 0, unknown = 0, manual = 0, not_applicable = 0, fixed = 0;
    std::uint64_t waived = 0;
    static void fields(auto& self, auto&& visit) {
        visit("pass", self.pass);
        visit("fail", self.fail);
        visit("unknown", self.unknown);
        visit("manual", self.manual);
        visit("not_applicable", self.not_applicable);
        visit("fixed", self.fixed);
        visit("waived", self.waived);
    }
};

struct ReportEvidence {
    std::string where, found, expected;
    static void fields(auto& self, auto&& visit) {
        visit("where", self.where);
        visit("found", self.found);
        visit("expected", self.expected);
    }
};

struct ReportRequirement {
    std::string text, source;
    static void fields(auto& self, auto&& visit) {
        visit("text", self.text);
        visit("source", self.source);
    }
};

struct ReportWaiver {
    std::string reason, owner, until;
    static void fields(auto& self, auto&& visit) {
        visit("reason", self.reason);
        visit("owner", self.owner);
        visit("until", self.until);
    }
};

struct ReportRemedy {
    std::string text;
    std::vector<std::vector<std::string>> commands;
    std::optional<std::string> fixer, kind;
    static void fields(auto& self, auto&& visit) {
        visit("text", self.text);
        visit("commands", self.commands);
        visit("fixer", self.fixer);
        visit("kind", self.kind);
    }
};

struct ReportFinding {
    std::string id, title;
    Status status = Status::unknown;
    Severity severity = Severity::advice;
    std::string summary;
    std::vector<ReportEvidence> evidence;
    ReportRequirement requirement;
    std::optional<std::string> import_effect, import_error;
    std::optional<ReportWaiver> waiver;
    std::optional<ReportRemedy> remedy;
    static void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("title", self.title);
        visit("status", self.status);
        visit("severity", self.severity);
        visit("summary", self.summary);
        visit("evidence", self.evidence);
        visit("requirement", self.requirement);
        visit("import_effect", self.import_effect);
        visit("import_error", self.import_error);
        visit("waiver", self.waiver);
        visit("remedy", self.remedy);
    }
};

struct ReportChange {
    std::string fixer, kind, target, diff;
    std::optional<std::string> backup;
    bool applied = false;
    static void fields(auto& self, auto&& visit) {
        visit("fixer", self.fixer);
        visit("kind", self.kind);
        visit("target", self.target);
        visit("diff", self.diff);
        visit("backup", self.backup);
        visit("applied", self.applied);
    }
};

/// One link of the chain that somebody who logs in after the import hangs on.
struct ReportStep {
    std::string name;  ///< "key", "sshd at boot"
    Answer holds = Answer::unknown;
    std::string detail, where;
    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("holds", self.holds);
        visit("detail", self.detail);
        visit("where", self.where);
    }
};

/// Can somebody get in after the import, and how?
struct ReportReachability {
    Answer answer = Answer::unknown;
    std::string account;            ///< the one with the best chance; empty where there is none
    std::vector<ReportStep> steps;  ///< in the order in which a login meets them
    static void fields(auto& self, auto&& visit) {
        visit("answer", self.answer);
        visit("account", self.account);
        visit("steps", self.steps);
    }
};

struct ReportInterface {
    std::string name, mac, configured_by;
    std::vector<std::string> addresses, gateways, dns;
    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("mac", self.mac);
        visit("configured_by", self.configured_by);
        visit("addresses", self.addresses);
        visit("gateways", self.gateways);
        visit("dns", self.dns);
    }
};

struct ReportDisk {
    std::string name;
    std::uint64_t bytes = 0;
    std::vector<std::string> mounted;  ///< directories, and "swap"
    bool boots = false;
    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("bytes", self.bytes);
        visit("mounted", self.mounted);
        visit("boots", self.boots);
    }
};

/// What the old machine was, for the time after it: its network, its disks, its services.
struct ReportInventory {
    std::vector<ReportInterface> network;
    std::vector<ReportDisk> disks;      ///< that are to be exported
    std::vector<std::string> services;  ///< to switch on again where they were off for the import
    static void fields(auto& self, auto&& visit) {
        visit("network", self.network);
        visit("disks", self.disks);
        visit("services", self.services);
    }
};

/// A file that AWS will change on the image route, and roughly how.
struct ReportForecast {
    std::string file, diff;
    static void fields(auto& self, auto&& visit) {
        visit("file", self.file);
        visit("diff", self.diff);
    }
};

/// "guestprep-report/1": what a run says, before it becomes text in any format. The members are
/// those of docs/report-schema.json, by the same names.
struct Report {
    std::string schema = "guestprep-report/1";
    ReportTool tool;
    Mode mode = Mode::audit;
    std::string started;  ///< UTC, "2026-01-31T12:00:00Z"
    std::uint64_t duration_ms = 0;
    std::uint64_t files_read = 0;
    ReportHost host;
    bool privileged = false;
    std::string profile;
    Route route = Route::image;
    Target target = Target::any;
    Verdict verdict = Verdict::undetermined;
    std::vector<ReportVerdict> verdicts;
    ReportReadiness readiness;
    ReportCounts counts;
    std::vector<ReportFinding> findings;
    std::vector<ReportChange> changes;
    bool changed = false;
    std::optional<std::string> journal;
    std::optional<ReportReachability> reachability;
    std::optional<ReportInventory> inventory;
    std::optional<std::vector<ReportForecast>> forecast;  ///< image route only
    std::vector<std::string> notes;  ///< what earlier runs left, what fixers leave to the operator

    static void fields(auto& self, auto&& visit) {
        visit("schema", self.schema);
        visit("tool", self.tool);
        visit("mode", self.mode);
        visit("started", self.started);
        visit("duration_ms", self.duration_ms);
        visit("files_read", self.files_read);
        visit("host", self.host);
        visit("privileged", self.privileged);
        visit("profile", self.profile);
        visit("route", self.route);
        visit("target", self.target);
        visit("verdict", self.verdict);
        visit("verdicts", self.verdicts);
        visit("readiness", self.readiness);
        visit("counts", self.counts);
        visit("findings", self.findings);
        visit("changes", self.changes);
        visit("changed", self.changed);
        visit("journal", self.journal);
        visit("reachability", self.reachability);
        visit("inventory", self.inventory);
        visit("forecast", self.forecast);
        visit("notes", self.notes);
    }
};

}  // namespace guestprep
