// SPDX-License-Identifier: Apache-2.0
#include "agent/inventory.h"

#include "agent/import_plan.h"
#include "agent/make_report.h"
#include "agent/report/render.h"
#include "agent/report/sections.h"
#include "tests/support/catch.h"
#include "tests/support/network_facts.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Facts machine() {
    auto facts = plain_machine();
    facts.storage.devices->push_back(disk("sdb"));
    facts.storage.devices->push_back(partition("sdb1", "sdb", "ext4", "data-uuid"));
    facts.storage.fstab = fstab(
        "# mine\nUUID=root-uuid / ext4 defaults 0 1\n/dev/sdb1 /data ext4 defaults 0 2\n"
        "/dev/sdz1 /old ext4 defaults 0 2\nfiler:/x /net nfs defaults 0 0\nbroken\n"
        "//f/s /win cifs user=a,password=secret 0 0\n");
    facts.network = network_with(started_interface("eth0", NetMethod::fixed));
    facts.network.interfaces[0].gateways = {"192.0.2.1"};
    FoundSoftware clamav;
    clamav.product = "ClamAV";
    clamav.service = {"clamav-daemon.service", Enablement::enabled, "x", "", false};
    facts.software.protection = std::vector<FoundSoftware>{clamav};
    return facts;
}

TEST_CASE("inventory: network, disks with what is mounted, services") {
    const auto out = inventory_of(machine());
    REQUIRE(out.network.size() == 1);
    CHECK(out.network[0].addresses == std::vector<std::string>{"192.0.2.10/24"});
    CHECK(out.network[0].mac == "00:50:56:00:00:01");
    REQUIRE(out.disks.size() == 2);
    CHECK(out.disks[0].boots);
    CHECK(out.disks[0].mounted == std::vector<std::string>{"/"});
    CHECK_FALSE(out.disks[1].boots);
    CHECK(out.disks[1].mounted == std::vector<std::string>{"/data"});
    CHECK(out.services == std::vector<std::string>{"ClamAV (clamav-daemon.service)"});
    CHECK(inventory_lines(out).size() == 4);
}

TEST_CASE("forecast: what AWS makes of fstab, without secrets") {
    const auto out = forecast_of(machine(), profile_2026());
    REQUIRE(!out.empty());
    CHECK(out[0].file == "/etc/fstab");
    const auto& diff = out[0].diff;
    CHECK(diff.find("+UUID=data-uuid /data") != std::string::npos);
    CHECK(diff.find("/old ext4 defaults,nofail") != std::string::npos);
    CHECK(diff.find("+#filer:/x") != std::string::npos);
    CHECK(diff.find("+#broken") != std::string::npos);
    CHECK(diff.find("secret") == std::string::npos);
    CHECK(diff.find("-UUID=root-uuid") == std::string::npos);
}

TEST_CASE("forecast: without the guest's own text there is none") {
    auto facts = machine();
    facts.storage.fstab->text.clear();
    CHECK(forecast_of(facts, profile_2026()).empty());
}

TEST_CASE("outlook: in every format that people read, and in the plan") {
    auto report = make_report(machine(), profile_2026(), {});
    TextStyle verbose;
    verbose.verbose = true;
    for (const auto format :
         {ReportFormat::text, ReportFormat::html, ReportFormat::markdown, ReportFormat::json}) {
        const auto text = render(report, format, verbose);
        INFO(text);
        CHECK(text.find("/dev/sdb") != std::string::npos);
        CHECK(text.find("UUID=data-uuid /data") != std::string::npos);
        CHECK(text.find(format == ReportFormat::json ? "reachability" : "Can somebody get in") !=
              std::string::npos);
    }
    const auto plan = import_plan(machine(), profile_2026(), {});
    CHECK(plan.find("+UUID=data-uuid /data") != std::string::npos);
    CHECK(plan.find("/dev/sdb, 20.0 GiB: /data") != std::string::npos);
    CHECK(plan.find("ClamAV") != std::string::npos);
}

TEST_CASE("outlook: a report of an older version is still read") {
    auto report = make_report(machine(), profile_2026(), {});
    report.reachability.reset();
    auto text = render_json(report);
    for (const std::string_view member : {"  \"reachability\": null,\n"}) {
        const auto at = text.find(member);
        REQUIRE(at != std::string::npos);
        text.erase(at, member.size());
    }
    CHECK(report_from_json(text));
}

}  // namespace
}  // namespace guestprep
