// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the hardware clock keeps UTC, and a time client that works in EC2 starts.
// Why:         EC2's clock is UTC; the hypervisor's tools no longer set the time.
// Source:      EC2 user guide, set the time.
#include <algorithm>

#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& clock = facts.first_boot.clock;
    std::vector<Evidence> bad;
    if (clock.local_time.is_set())
        bad.push_back({clock.local_time.at, clock.local_time.text, "UTC"});
    const auto running =
        std::ranges::find_if(clock.services, [](const ServiceState& s) { return s.starts(); });
    const bool open = std::ranges::any_of(
        clock.services, [](const ServiceState& s) { return s.state == Enablement::unknown; });
    if (running == clock.services.end()) {
        if (bad.empty() && open) return unknown("whether a time client starts is not known");
        if (!open) bad.push_back({"services", "no time client starts", "chronyd, or another one"});
    } else if (!clock.asks_amazon) {
        bad.push_back({running->name, "does not ask 169.254.169.123",
                       "server 169.254.169.123: it answers without a way to the Internet"});
    }
    if (bad.empty()) return pass(running->name + " starts and asks 169.254.169.123");
    auto summary = bad.front().where + ": " + bad.front().found;
    return fail(std::move(summary), std::move(bad));
}

}  // namespace

constinit const Check checks::clock_is_utc_and_set{
    .id = "linux-time-sync",
    .title = "The clock keeps UTC and is set by a service that EC2 answers",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .requirement = "Hardware clock in UTC; chrony or ntp with Amazon's server 169.254.169.123.",
    .why =
        "A clock that is wrong by hours breaks logins by Kerberos, TLS and logs; the old "
        "network's time servers may be out of reach.",
    .source = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/set-time.html",
    .looks_at =
        "/etc/adjtime, /etc/sysconfig/clock, /etc/default/rcS; time clients and their "
        "configuration.",
    .remedy =
        "hwclock --systohc --utc; add \"server 169.254.169.123 prefer iburst\" to the time "
        "client's configuration.",
    .evaluate = evaluate,
};

}  // namespace guestprep
