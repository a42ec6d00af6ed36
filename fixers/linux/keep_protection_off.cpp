// SPDX-License-Identifier: Apache-2.0
//
// Changes: what starts antivirus and intrusion detection at boot; what cron runs of them.
// Leaves:  what runs now, what has no service, the programs and their settings.
#include <algorithm>
#include <iterator>

#include "agent/core/text.h"
#include "agent/facts/service_enabling.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

void append(ChangeSet& to, ChangeSet more) {
    std::ranges::move(more.changes, std::back_inserter(to.changes));
}

/// Files that cron runs go out of its way; the journal keeps them.
Result<void> take_from_cron(const Facts& facts, const FoundSoftware& found, ChangeSet& set) {
    for (const auto& name : found.cron) {
        const auto source = facts.sources.find(GuestPath(name));
        if (source == facts.sources.end())
            return failure(Errc::unsupported, name + ": its text is not known");
        set.changes.emplace_back(
            FileEdit{.path = source->first, .before = source->second, .after = {}});
    }
    return {};
}

Result<ChangeSet> off(const Facts& facts, const FoundSoftware& found) {
    ChangeSet set;
    for (const auto& service : found.starting) {
        auto one = keep_from_starting(facts, service);
        if (!one) return one;
        append(set, std::move(*one));
    }
    if (auto done = take_from_cron(facts, found, set); !done) return std::unexpected(done.error());
    return set;
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& protection = facts.software.protection;
    if (!protection) return std::unexpected(protection.error());
    ChangeSet set;
    for (const auto& found : *protection) {
        if (found.starting.empty() && found.cron.empty()) {
            if (found.loaded)
                set.notes.push_back(found.product + ": " + found.evidence +
                                    " is loaded, and no service of it is known: disable it as its "
                                    "maker says");
            continue;
        }
        auto one = off(facts, found);
        if (!one) {
            set.notes.push_back(found.product + " is left: " + one.error().message);
            continue;
        }
        if (one->empty()) continue;
        append(set, std::move(*one));
        set.notes.push_back(found.product +
                            " does not start any more: after the import, guestprep undo --only "
                            "av-ids-disabled-linux brings it back");
    }
    if (set.empty() && !set.notes.empty()) return failure(Errc::unsupported, join(set.notes, "; "));
    return set;
}

}  // namespace

constinit const Fixer fixers::keep_protection_off{
    .id = "av-ids-disabled-linux",
    .title = "Keep antivirus and intrusion detection from starting",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "A mask of systemd, the start links of SysV init or OpenRC, \"manual\" in an Upstart "
        "override; files that cron runs are taken away. guestprep undo --only "
        "av-ids-disabled-linux "
        "brings all of it back after the import.",
    .leaves =
        "What runs now; modules without a service; products that guard themselves may start again.",
    .plan = plan,
};

}  // namespace guestprep
