// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/collect/collect.h"
#include "agent/collect/hive_registry.h"
#include "agent/core/text.h"
#include "agent/facts/facts_json.h"
#include "agent/facts/windows_firewall.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "agent/formats/paging_file.h"
#include "agent/formats/windows_firewall_rule.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/fake_host.h"
#include "tests/support/fixtures.h"
#include "tests/support/hive_files.h"
#include "tests/support/memory_registry.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

using nlohmann::json;

Facts collect_from(const RegistryReader& registry) {
    FakeFiles files;
    files.directory("/Windows/System32/config");
    const FakeCommands commands;
    const FakeDevices devices;
    Host host{files, commands, devices, {}, false, true, &registry};
    return collect(host);
}

Facts collect_hive(const Fixture& fixture, const char* name) {
    FakeFiles files;
    files.file(std::string("/Windows/System32/config/") + name, hive_bytes(fixture));
    const HiveRegistry registry(files);
    const FakeCommands commands;
    const FakeDevices devices;
    Host host{files, commands, devices, {}, false, true, &registry};
    return collect(host);
}

template <class T>
json json_of(const Fact<T>& fact) {
    return fact ? json(*fact) : json(nullptr);
}

json start_of(const Facts& facts, std::string_view name) {
    const auto* service = service_called(facts.windows->system, name);
    return service != nullptr && service->start ? json(*service->start) : json(nullptr);
}

json text_or_null(const std::string& text) { return text.empty() ? json(nullptr) : json(text); }

MemoryRegistry small_registry() {
    using namespace keys;
    MemoryRegistry registry;
    registry.text(kCurrentVersion, "ProductName", "Windows Server 2008 R2 Standard")
        .text(kCurrentVersion, "CurrentVersion", "6.1")
        .text(kCurrentVersion, "CurrentBuildNumber", "7601")
        .text(kCurrentVersion, "SystemRoot", R"(C:\Windows)")
        .number(kDhcp, "Start", 2)
        .number(kTerminalServer, "fDenyTSConnections", 0)
        .texts(kMemory, "PagingFiles", {R"(?:\pagefile.sys)"})
        .number(kSelect, "Current", 1);
    return registry;
}

TEST_CASE("windows: what is set, what is not, and what is of the wrong type") {
    auto registry = small_registry();
    registry.text(keys::kRdpTcp, "PortNumber", "3389");
    const auto facts = collect_from(registry);
    REQUIRE(facts.windows);
    CHECK(facts.platform == Platform::windows_guest);
    CHECK(facts.windows->access.rdp_denied == 0U);
    CHECK(facts.windows->access.rdp_denied_by_policy.is_absent());
    CHECK(facts.windows->access.rdp_port.error().code == Errc::bad_syntax);
    CHECK(facts.os.distribution->title == "Windows Server 2008 R2 Standard");
    CHECK(facts.os.distribution->version == "6.1.7601");
    CHECK(facts.registry_sources.at({std::string(keys::kTerminalServer), "fDenyTSConnections"}) ==
          registry_dword(0));
    CHECK(facts.registry_sources.at({std::string(keys::kTerminalPolicy), "fDenyTSConnections"}) ==
          std::nullopt);
}

TEST_CASE("windows: a hive that is missing leaves its facts unknown, not unset") {
    auto registry = small_registry();
    registry.fails(R"(HKLM\SOFTWARE)", Errc::not_collected);
    const auto facts = collect_from(registry);
    CHECK(facts.windows->access.rdp_denied_by_policy.error().code == Errc::not_collected);
    CHECK(facts.windows->access.autologon.password_is_stored == Truth::unknown);
    CHECK(facts.windows->software.pending.error().code == Errc::not_collected);
    CHECK(facts.windows->access.rdp_denied == 0U);
}

TEST_CASE("windows: installers that go on at the next logon, without their arguments") {
    auto registry = small_registry();
    const auto once = below(keys::kWindows, "RunOnce");
    registry.text(once, "tidy", R"("C:\Chrome\setup.exe" --delete-old-versions)")
        .text(once, "!note", R"(C:\tools\note.exe)");
    CHECK(collect_from(registry).windows->software.pending->empty());
    registry.text(once, "{1}", R"("C:\cache\vcredist.exe" /burn.runonce /password hunter2)");
    const auto facts = collect_from(registry);
    REQUIRE(facts.windows->software.pending->size() == 1);
    CHECK(facts.windows->software.pending->at(0).where == below(once, "{1}"));
    CHECK(facts_to_json(facts).find("hunter2") == std::string::npos);
    registry.remove(once, "{1}");
    registry.number(once, "odd", 1);
    CHECK_FALSE(collect_from(registry).windows->software.pending);
}

TEST_CASE("windows: addresses and open ports that cannot be read are not unset") {
    auto registry = small_registry();
    const auto one = below(keys::kInterfaces, "{1}");
    registry.number(one, "EnableDHCP", 0).number(one, "IPAddress", 7);
    CHECK_FALSE(collect_from(registry).windows->network.interfaces);
    registry = small_registry();
    const auto profile = below(keys::kFirewall, "StandardProfile");
    registry.number(profile, "EnableFirewall", 1);
    CHECK(collect_from(registry).windows->network.firewall_profiles);
    registry.fails(below(profile, "GloballyOpenPorts"), Errc::access_denied);
    CHECK_FALSE(collect_from(registry).windows->network.firewall_profiles);
}

TEST_CASE("windows: the password of autologon is never read") {
    auto registry = small_registry();
    registry.text(keys::kWinlogon, "AutoAdminLogon", "1")
        .text(keys::kWinlogon, "DefaultPassword", "hunter2");
    const auto facts = collect_from(registry);
    CHECK(facts.windows->access.autologon.password_is_stored == Truth::yes);
    CHECK(facts_to_json(facts).find("hunter2") == std::string::npos);
    for (const auto& [place, value] : facts.registry_sources)
        CHECK(place.second != "DefaultPassword");
}

TEST_CASE("windows: facts are saved and read back") {
    const auto facts = collect_from(small_registry());
    const auto saved = facts_to_json(facts);
    const auto again = facts_from_json(saved);
    REQUIRE(again);
    CHECK(again->platform == Platform::windows_guest);
    CHECK(facts_to_json(*again) == saved);
}

TEST_CASE("windows: the volume with Windows on it is what the boot disk is found by") {
    FakeFiles files;
    files.directory("/Windows/System32/config");
    const FakeCommands commands;
    FakeDevices devices;
    BlockDevice disk, drive, optical;
    disk.kernel_name = "PhysicalDrive0";
    disk.names = {"PhysicalDrive0"};
    disk.kind = DeviceKind::disk;
    disk.size = 40ULL << 30;
    disk.table = "dos";
    drive.kernel_name = "C:";
    drive.names = {R"(C:\)"};
    drive.kind = DeviceKind::partition;
    drive.disk = "PhysicalDrive0";
    optical.kernel_name = "D:";
    optical.names = {R"(D:\)"};
    optical.kind = DeviceKind::rom;
    optical.medium = Medium::absent;
    devices.devices = std::vector{disk, drive, optical};
    const auto registry = small_registry();
    const auto facts = collect({files, commands, devices, {}, true, true, &registry});
    const auto disks = boot_disks(facts.storage);
    REQUIRE(disks);
    REQUIRE(disks->size() == 1);
    CHECK(disks->front()->kernel_name == "PhysicalDrive0");
    CHECK(checks::boot_disk_size.evaluate(facts, profile_2026()).status == Status::pass);
    CHECK(checks::optical_drives_disconnected.evaluate(facts, profile_2026()).variant ==
          "empty-drive");
}

TEST_CASE("windows: firewall rules as they are written") {
    const auto rule = parse_firewall_rule(
        R"(v2.10|Action=Block|Active=TRUE|Dir=In|Protocol=6|Profile=Public|LPort=3000-4000|RA4=LocalSubnet|App=System|Name=@x,-1|Desc=a|)");
    REQUIRE(rule);
    CHECK_FALSE(rule->allows);
    CHECK(rule->is_active);
    CHECK(rule->has_local_port(3389));
    CHECK_FALSE(rule->has_local_port(22));
    CHECK(rule->remote_addresses == std::vector<std::string>{"LocalSubnet"});
    CHECK(rule->others.empty());
    CHECK(parse_firewall_rule("v2.0|Action=Allow|IFType=Wireless|")->others.size() == 1);
    CHECK_FALSE(parse_firewall_rule(""));
    CHECK_FALSE(parse_firewall_rule("Action=Allow"));
}

TEST_CASE("windows: page files and drives as they are written") {
    CHECK(parse_paging_file(R"(C:\pagefile.sys 4096 4096)")->is_fixed());
    CHECK(parse_paging_file(R"(?:\pagefile.sys)")->is_managed());
    CHECK(parse_paging_file(R"(c:\pagefile.sys 0 0)")->is_managed());
    CHECK(parse_paging_file(R"(d:\a b\page.sys 1 2)")->path == R"(d:\a b\page.sys)");
    CHECK_FALSE(parse_paging_file(""));
    CHECK(drive_of(R"("d:\x y\z.exe" -k)", "C:") == "D:");
    CHECK(drive_of(R"(\??\E:\driver.sys)", "C:") == "E:");
    CHECK(drive_of(R"(%SystemRoot%\system32\x)", "C:") == "C:");
    CHECK(drive_of(R"(system32\drivers\x.sys)", "D:") == "D:");
    CHECK(drive_of(R"(\\server\share)", "C:").empty());
}

TEST_CASE("real SYSTEM hives: the facts in them") {
    for (const auto& fixture : fixtures_of_kind("registry-hive-SYSTEM")) {
        INFO(fixture.name);
        const auto facts = collect_hive(fixture, "SYSTEM");
        const auto& windows = *facts.windows;
        const auto& expected = fixture.expected;
        CHECK(json_of(windows.access.rdp_denied) == expected.at("fDenyTSConnections"));
        CHECK(json_of(windows.access.rdp_port) == expected.at("rdp_port"));
        CHECK(json_of(windows.access.rdp_network_level) ==
              expected.at("rdp_nla_UserAuthentication"));
        CHECK(json_of(windows.access.rdp_security_layer) == expected.at("rdp_security_layer"));
        CHECK(json_of(windows.system.real_time_is_universal) == expected.at("RealTimeIsUniversal"));
        CHECK(json_of(windows.system.computer_name) == expected.at("computer_name"));
        CHECK(json_of(windows.system.product_type) == expected.at("product_type"));
        CHECK(json_of(windows.system.architecture) == expected.at("processor_architecture"));
        CHECK(json_of(windows.system.service_pack_number) == expected.at("service_pack"));
        CHECK(json_of(windows.system.host_name) == expected.at("tcpip_hostname"));
        CHECK(json_of(windows.system.domain) == expected.at("tcpip_domain"));
        CHECK(json_of(windows.system.active_time_bias) == expected.at("active_time_bias_minutes"));
        CHECK(json_of(windows.boot.paging_files) == expected.at("PagingFiles"));
        CHECK(json_of(windows.boot.partition_style) == expected.at("c_drive_partition_style"));
        CHECK(json_of(windows.software.setup_type) == expected.at("setup_type"));
        CHECK(json_of(windows.software.setup_in_progress) == expected.at("setup_in_progress"));
        REQUIRE(windows.system.services);
        CHECK(windows.system.services->size() == expected.at("service_key_count"));
        CHECK(start_of(facts, "Dhcp") == expected.at("dhcp_service_start"));
        CHECK(start_of(facts, "TermService") == expected.at("termservice_start"));
        CHECK(start_of(facts, "SharedAccess") == expected.at("sharedaccess_start"));
        CHECK(start_of(facts, "MpsSvc") == expected.at("windows_firewall_service_start"));
        CHECK(start_of(facts, "stornvme") == expected.at("stornvme_start"));
        CHECK(start_of(facts, "wuauserv") == expected.at("windows_update_start"));
        CHECK(start_of(facts, "W32Time") == expected.at("w32time_start"));
        auto routes = windows.network.persistent_routes.value();
        std::ranges::sort(routes);
        CHECK(json(routes) == expected.at("persistent_routes"));
        if (windows.network.firewall_rules)
            CHECK(windows.network.firewall_rules->size() == expected.at("firewall_rule_count"));
        json interfaces = json::array(), fixed = json::array();
        if (windows.network.interfaces)
            for (const auto& one : *windows.network.interfaces) {
                interfaces += {{"guid", one.id},
                               {"connection", text_or_null(one.connection)},
                               {"pnp_device", text_or_null(one.device)},
                               {"EnableDHCP", one.uses_dhcp ? json(*one.uses_dhcp) : json()},
                               {"static_addresses", one.addresses},
                               {"static_masks", one.masks},
                               {"default_gateways", one.gateways},
                               {"name_servers", one.name_servers},
                               {"dhcp_ip", text_or_null(one.leased_address)},
                               {"dhcp_server", text_or_null(one.lease_server)}};
                if (one.is_static()) fixed += one.id;
            }
        CHECK(interfaces == expected.at("interfaces"));
        CHECK(fixed == expected.at("static_ip_interfaces"));
        json profiles = json::object();
        if (windows.network.firewall_profiles)
            for (const auto& profile : *windows.network.firewall_profiles)
                profiles[profile.name] = json_of(profile.enabled);
        CHECK(profiles == expected.at("firewall_EnableFirewall"));
    }
}

TEST_CASE("real SOFTWARE hives: the facts in them") {
    for (const auto& fixture : fixtures_of_kind("registry-hive-SOFTWARE")) {
        INFO(fixture.name);
        const auto facts = collect_hive(fixture, "SOFTWARE");
        const auto& windows = *facts.windows;
        const auto& system = windows.system;
        const auto& expected = fixture.expected;
        CHECK(json_of(system.product_name) == expected.at("ProductName"));
        CHECK(json_of(system.edition) == expected.at("EditionID"));
        CHECK(json_of(system.installation_type) == expected.at("InstallationType"));
        CHECK(json_of(system.version) == expected.at("CurrentVersion"));
        CHECK(json_of(system.major_version) == expected.at("CurrentMajorVersionNumber"));
        CHECK(json_of(system.build) == expected.at("CurrentBuildNumber"));
        CHECK(json_of(system.revision) == expected.at("UBR"));
        CHECK(json_of(system.release) == expected.at("ReleaseId"));
        CHECK(json_of(system.display_version) == expected.at("DisplayVersion"));
        CHECK(json_of(system.service_pack) == expected.at("CSDVersion"));
        const auto& autologon = windows.access.autologon;
        CHECK(json_of(autologon.enabled) == expected.at("AutoAdminLogon"));
        CHECK(json_of(autologon.user) == expected.at("DefaultUserName"));
        CHECK(json_of(autologon.domain) == expected.at("DefaultDomainName"));
        CHECK((autologon.password_is_stored == Truth::yes) ==
              expected.at("DefaultPassword_present"));
        CHECK(json_of(windows.software.net_versions).size() ==
              expected.at("net_framework_ndp_versions").size());
        if (expected.contains("net_framework_v4_full_release"))
            CHECK(json_of(windows.software.net4_release) ==
                  expected.at("net_framework_v4_full_release"));
        CHECK(json_of(windows.software.updates_off_by_policy) ==
              expected.at("windows_update_NoAutoUpdate"));
        REQUIRE(windows.software.programs);
        std::vector<std::string> names;
        for (const auto& program : *windows.software.programs) names.push_back(program.name);
        for (const auto* list : {"uninstall_display_names", "uninstall_display_names_include"})
            if (expected.contains(list))
                for (const auto& name : expected.at(list))
                    CHECK(std::ranges::find(names, name.get<std::string>()) != names.end());
    }
}

TEST_CASE("real SAM hives: the accounts in them") {
    for (const auto& fixture : fixtures_of_kind("registry-hive-SAM")) {
        INFO(fixture.name);
        const auto facts = collect_hive(fixture, "SAM");
        REQUIRE(facts.windows->access.accounts);
        json accounts = json::array();
        for (const auto& one : *facts.windows->access.accounts) {
            accounts +=
                {{"name", one.name}, {"rid", one.rid}, {"disabled", one.disabled == Truth::yes}};
            CHECK(one.has_password != Truth::unknown);
            if (one.rid == 500) CHECK(one.is_administrator == Truth::yes);
        }
        CHECK(accounts == fixture.expected.at("users"));
    }
}

}  // namespace
}  // namespace guestprep
