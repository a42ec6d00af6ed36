// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the list of data sources of cloud-init holds Ec2.
// Why:         a template made for another platform looks for its own data only.
// Source:      cloud-init documentation, data sources, Amazon EC2.
#include "agent/facts/facts.h"
#include "agent/facts/new_nic.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& all, const Profile&) {
    const auto& cloud = all.network.cloud_init;
    if (cloud.is_absent()) return not_applicable("cloud-init is not installed");
    if (!cloud) return unknown(cloud.error());
    if (cloud->ds_identify.is_set())
        return fail("the search for a data source is switched off",
                    {evidence_of(cloud->ds_identify,
                                 "policy: search,found=all,maybe=all,notfound=disabled")});
    if (!cloud->knows_ec2())
        return fail("EC2 is not among the data sources",
                    {evidence_of(cloud->datasource_list, "datasource_list: [ Ec2, None ]")});
    if (cloud->datasources.empty()) return pass("all data sources are tried");
    return pass("Ec2 is among the data sources").with({evidence_of(cloud->datasource_list)});
}

}  // namespace

constinit const Check checks::cloud_init_asks_ec2{
    .id = "linux-cloudinit-datasource",
    .title = "cloud-init looks for EC2's metadata",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .requirement = "cloud-init needs the data source Ec2 to act on the instance.",
    .why = "With a list made for VMware or NoCloud it finds no metadata: no key, no host name.",
    .source = "https://cloudinit.readthedocs.io/en/latest/reference/datasources/ec2.html",
    .looks_at =
        "datasource_list in /etc/cloud/cloud.cfg and cloud.cfg.d, /etc/cloud/ds-identify.cfg.",
    .remedy =
        "Add a file /etc/cloud/cloud.cfg.d/99-ec2.cfg with \"datasource_list: [ Ec2, None ]\".",
    .evaluate = evaluate,
};

}  // namespace guestprep
