// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

struct Case {
    const Check* check;
    const char* service;
};

TEST_CASE("a service whose Start is no number is neither enabled nor disabled") {
    const Case cases[] = {{&checks::remote_desktop_is_on, "TermService"},
                          {&checks::remote_desktop_is_on, "UmRdpService"},
                          {&checks::dhcp_client_starts, "nsiproxy"},
                          {&checks::boot_drivers_are_enabled, "mountmgr"},
                          {&checks::boot_drivers_are_enabled, "pciide"},
                          {&checks::has_no_hyperv_role, "vmms"},
                          {&checks::writes_are_kept, "uwfvol"},
                          {&checks::uses_no_cluster_disks, "ClusSvc"},
                          {&checks::has_no_foreign_xen_drivers, "xenbus"},
                          {&checks::has_no_launch_agent_v2, "Amazon EC2Launch"},
                          {&checks::antivirus_is_off, "McShield"}};
    for (const auto& [check, name] : cases) {
        INFO(name);
        auto facts = sound_windows();
        CHECK(check->evaluate(facts, profile_2026()).status == Status::pass);
        auto& service = service_of(facts, name);
        service.start.reset();
        service.start_is_unread = true;
        const auto finding = check->evaluate(facts, profile_2026());
        CHECK(finding.status == Status::unknown);
        CHECK(mentions(finding, name));
    }
}

TEST_CASE("a service that may start counts where it lies on another drive") {
    auto facts = sound_windows();
    auto& service = service_of(facts, "Backup");
    service.image_path = R"(E:\backup\agent.exe)";
    CHECK(checks::needs_no_other_volume.evaluate(facts, profile_2026()).status == Status::pass);
    service.start_is_unread = true;
    const auto finding = checks::needs_no_other_volume.evaluate(facts, profile_2026());
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant == "services");
}

}  // namespace
}  // namespace guestprep
