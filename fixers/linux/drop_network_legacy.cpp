// SPDX-License-Identifier: Apache-2.0
//
// Changes: removes dracut's configuration for the old network scripts, where dhclient is missing.
// Leaves:  it, where dhclient is there; the package that brought it.
#include "agent/facts/initramfs_rebuild.h"
#include "agent/facts/network_edits.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    ChangeSet set;
    if (!lacks_dhclient_for_dracut(facts)) return set;
    const GuestPath path(facts.first_boot.network_legacy.at);
    auto text = source_of(facts, path);
    if (!text) return std::unexpected(text.error());
    set.changes.emplace_back(FileEdit{.path = path, .before = std::move(*text), .after = {}});
    return set;
}

}  // namespace

constinit const Fixer fixers::drop_network_legacy{
    .id = "linux-rebuild-preflight",
    .title = "Remove dracut's configuration for a dhclient that is not there",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes = "Removes /etc/dracut.conf.d/50-network-legacy.conf.",
    .leaves = "noexec on /tmp, a full /boot.",
    .plan = plan,
};

}  // namespace guestprep
