// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/one_input.h"

#include <cstdlib>
#include <sstream>

#include "agent/collect/collect.h"
#include "agent/collect/hive_registry.h"
#include "agent/facts/facts_json.h"
#include "agent/make_report.h"
#include "agent/profiles.h"
#include "agent/report/render.h"
#include "fixers/fixer_list.h"
#include "tests/support/fake_host.h"

namespace guestprep {
namespace {

FakeHost guest_with(const std::vector<SampleFile>& files, std::size_t changed, std::string text) {
    FakeHost host;
    host.running = false;
    for (std::size_t i = 0; i < files.size(); ++i)
        host.files.file(files[i].path, i == changed ? std::move(text) : files[i].text);
    host.files.link("/etc/systemd/system/multi-user.target.wants/ssh.service",
                    "/lib/systemd/system/ssh.service");
    return host;
}

void must(bool holds) {
    if (!holds) std::abort();
}

/// Everything that the program does with a guest but write to it.
void judge_all(const Host& host) {
    static const auto kProfile = *built_in_profile("vmie-2026");
    const auto facts = collect(host);
    const auto saved = facts_to_json(facts);
    const auto again = facts_from_json(saved);
    must(again.has_value());
    must(facts_to_json(*again) == saved);
    const auto report = make_report(facts, kProfile, {});
    for (const auto format : {ReportFormat::json, ReportFormat::text, ReportFormat::html})
        must(!render(report, format, {}).empty());
    for (const auto* fixer : fixers::all())
        if (fixer->platform == facts.platform) (void)fixer->plan(facts, kProfile, {});
}

}  // namespace

void take_one_input(const std::vector<SampleFile>& files, std::string_view input) {
    if (input.empty()) return;
    const auto which = static_cast<unsigned char>(input.front()) % files.size();
    const auto host = guest_with(files, which, std::string(input.substr(1)));
    if (!files[which].path.starts_with("/Windows")) return judge_all(host.host());
    const HiveRegistry registry(host.files);
    auto windows = host.host();
    judge_all({windows.files, windows.commands, windows.devices, windows.machine, false, true,
               &registry});
}

}  // namespace guestprep
