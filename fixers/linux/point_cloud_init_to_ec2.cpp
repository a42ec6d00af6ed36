// SPDX-License-Identifier: Apache-2.0
//
// Changes: a file of its own that names Ec2 as data source; "policy: disabled" of ds-identify.
// Leaves:  every file that is there.
#include "agent/facts/network_edits.h"
#include "agent/formats/text_lines.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kText =
    "# Added by guestprep: data sources on EC2.\n"
    "datasource_list: [ Ec2, None ]\n";

/// A name in cloud.cfg.d that sorts behind the file that decides now.
Result<GuestPath> last_file(const CloudInit& cloud) {
    const auto& at = cloud.datasource_list.at;
    const GuestPath deciding(at.substr(0, at.rfind(':')));
    const GuestPath folder("/etc/cloud/cloud.cfg.d");
    for (const auto* name : {"99-guestprep-ec2.cfg", "zz-guestprep-ec2.cfg"})
        if (deciding.parent() != folder || deciding.name() < name) return folder / name;
    return failure(Errc::unsupported, deciding.str() + " is read last: add Ec2 there by hand");
}

std::string searching(const std::string& text) {
    TextLines lines(text);
    constexpr std::string_view kOff = "policy: disabled";
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (const auto at = lines[i].find(kOff); at != std::string::npos) {
            auto line = lines[i];
            lines.replace(i, line.replace(at, kOff.size(),
                                          "policy: search,found=all,maybe=all,notfound=disabled"));
        }
    return lines.str();
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& cloud = facts.network.cloud_init;
    if (!cloud) return std::unexpected(cloud.error());
    ChangeSet set;
    if (cloud->ds_identify.is_set()) {
        const GuestPath path(cloud->ds_identify.at);
        const auto text = source_of(facts, path);
        if (!text) return std::unexpected(text.error());
        if (auto done = add_edit(facts, path, searching(*text), set); !done)
            return std::unexpected(done.error());
    }
    auto searched = *cloud;
    searched.ds_identify = {};
    if (searched.knows_ec2()) return set;
    const auto path = last_file(*cloud);
    if (!path) return std::unexpected(path.error());
    FileEdit edit{.path = *path, .before = {}, .after = std::string(kText), .mode = {}};
    if (const auto text = source_of(facts, *path)) edit.before = *text;
    set.changes.push_back(std::move(edit));
    set.notes.push_back(cloud->datasource_list.at + ": was " + cloud->datasource_list.text);
    return set;
}

}  // namespace

constinit const Fixer fixers::point_cloud_init_to_ec2{
    .id = "linux-cloudinit-datasource",
    .title = "Let cloud-init look for EC2's metadata",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "A new file in /etc/cloud/cloud.cfg.d with datasource_list: [ Ec2, None ]; in "
        "ds-identify.cfg, policy: disabled becomes a search.",
    .leaves = "The files of cloud.cfg.d that are there. cloud-init clean is never run.",
    .plan = plan,
};

}  // namespace guestprep
