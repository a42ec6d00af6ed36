// SPDX-License-Identifier: Apache-2.0
//
// Changes: removes the rules that keep interface names for hardware addresses; masks the rules that
//          would write them anew.
// Leaves:  files that hold other rules too.
#include <algorithm>
#include <set>

#include "agent/facts/network_edits.h"
#include "agent/formats/udev_rules.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kGenerator = "75-persistent-net-generator.rules";
constexpr std::string_view kRules = "/etc/udev/rules.d/";

/// Every rule of the file gives a hardware address a name.
bool holds_nothing_else(std::string_view text) {
    const auto rules = parse_udev_rules(text);
    const auto names = net_name_rules(rules);
    return rules.size() == names.size() &&
           std::ranges::none_of(names, &std::string::empty, &NetNameRule::mac);
}

/// The generator would write the rules anew at the next boot, before the guest is exported.
void mask_generator(const Facts& facts, ChangeSet& set) {
    for (const auto* folder : {"/lib/udev/rules.d/", "/usr/lib/udev/rules.d/"})
        if (facts.sources.contains(GuestPath(folder + std::string(kGenerator))) &&
            !facts.sources.contains(GuestPath(std::string(kRules) + std::string(kGenerator)))) {
            set.changes.push_back(
                LinkEdit{.path = GuestPath(std::string(kRules) + std::string(kGenerator)),
                         .before = {},
                         .after = "/dev/null"});
            return;
        }
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    std::set<GuestPath> paths;
    ChangeSet set;
    for (const auto& rule : facts.network.name_rules) {
        if (rule.is_link) continue;
        paths.insert(GuestPath(rule.line.at.substr(0, rule.line.at.rfind(':'))));
        set.notes.push_back(rule.line.at + ": kept " + rule.name + " for " + rule.mac);
    }
    if (paths.empty()) return set;
    for (const auto& path : paths) {
        const auto text = source_of(facts, path);
        if (!text) return std::unexpected(text.error());
        if (!path.str().starts_with(kRules) || !holds_nothing_else(*text))
            return failure(Errc::unsupported,
                           path.str() +
                               " holds other rules too: take out by hand those that name "
                               "an interface by its hardware address");
        set.changes.push_back(FileEdit{.path = path, .before = *text, .after = {}, .mode = {}});
    }
    mask_generator(facts, set);
    return set;
}

}  // namespace

constinit const Fixer fixers::remove_persistent_names{
    .id = "linux-udev-persistent-net",
    .title = "Remove udev's rules that keep interface names for hardware addresses",
    .platform = Platform::linux_guest,
    .kind = FixKind::safe,
    .changes =
        "The files of such rules in /etc/udev/rules.d are removed (undo brings them back), "
        "and a link to /dev/null hides the rules that would write them anew.",
    .leaves = "Files with other rules in them. Interfaces keep their names until the next boot.",
    .plan = plan,
};

}  // namespace guestprep
