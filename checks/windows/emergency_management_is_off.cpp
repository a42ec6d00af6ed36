// SPDX-License-Identifier: Apache-2.0
//
// Requirement: EMS is lost during the import: AWS switches it off in the image.
// Why:         The special administration console also disturbs the launch agents of EC2.
// Source:      https://docs.aws.amazon.com/vm-import/latest/userguide/limitations-image-
//              importing.html
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& store = facts.of_windows().boot.store;
    if (!store) return unknown(store.error());
    std::vector<Evidence> on;
    if (store->has_ems)
        on.push_back({store->ems_where, store->is_boot_ini ? "redirect=" : "bootems Yes", "off"});
    const auto* loader = store->default_entry();
    if (loader != nullptr && loader->has_ems)
        on.push_back({loader->where, store->is_boot_ini ? "/redirect" : "ems Yes", "off"});
    if (!on.empty()) return fail("Emergency Management Services are on", std::move(on));
    if (loader == nullptr)
        return unknown("the default entry of " + store->where + " leads to no Windows loader");
    return pass("Emergency Management Services are off");
}

}  // namespace

constinit const Check checks::emergency_management_is_off{
    .id = "win-ems",
    .title = "Emergency Management Services are off",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "EMS is lost during the import: AWS switches it off in the image.",
    .why = "The special administration console also disturbs the launch agents of EC2.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/limitations-image-importing.html",
    .looks_at =
        "The boot configuration store: bootems of the emssettings object, ems of the default "
        "loader; redirect= and /redirect in boot.ini of Server 2003.",
    .import_effect = "AWS switches EMS off during import-image.",
    .remedy =
        "Switch EMS off (bcdedit /ems {current} off) and do not count on it after the import.",
    .evaluate = evaluate,
};

}  // namespace guestprep
