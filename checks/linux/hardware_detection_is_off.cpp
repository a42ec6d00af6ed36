// SPDX-License-Identifier: Apache-2.0
//
// Requirement: RHEL 5's kudzu does not run at the first start.
// Why:         it asks questions on the console and rewrites the network's configuration.
// Source:      kudzu(8).
#include "agent/facts/facts.h"
#include "agent/facts/new_nic.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& kudzu = facts.first_boot.kudzu;
    if (kudzu.state == Enablement::absent) return not_applicable("kudzu is not installed");
    if (facts.os.init == InitSystem::systemd) return not_applicable("systemd does not start kudzu");
    if (kudzu.state == Enablement::unknown)
        return unknown("whether kudzu starts is not known: " + kudzu.note);
    if (!kudzu.starts()) return pass("kudzu does not start");
    std::vector<Evidence> seen{{kudzu.evidence, "kudzu starts at boot", "switched off"}};
    for (const auto& line : facts.first_boot.old_hardware) seen.push_back(evidence_of(line));
    return fail("kudzu will find other hardware at the first start", std::move(seen));
}

}  // namespace

constinit const Check checks::hardware_detection_is_off{
    .id = "linux-hw-fingerprint",
    .title = "No hardware detection asks at the first start",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .requirement = "kudzu (RHEL 5 and its kin) is switched off.",
    .why =
        "It meets new disks and network cards, waits 30 seconds for an answer on the console, "
        "and may move ifcfg-eth0 away.",
    .source = "kudzu(8)",
    .looks_at = "Start links of kudzu; aliases in /etc/modprobe.conf.",
    .remedy = "chkconfig kudzu off",
    .evaluate = evaluate,
};

}  // namespace guestprep
