// SPDX-License-Identifier: Apache-2.0
#include "tests/support/windows_facts.h"

#include "agent/core/text.h"
#include "agent/facts/windows_keys.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

void put_release(WindowsSystemFacts& system, const std::string& release) {
    struct Row {
        const char *release, *name, *edition, *version, *build, *type;
    };
    constexpr Row kRows[] = {
        {"2003", "Microsoft Windows Server 2003", "", "5.2", "3790", "ServerNT"},
        {"2008", "Windows Server (R) 2008 Standard", "ServerStandard", "6.0", "6002", "ServerNT"},
        {"2008r2", "Windows Server 2008 R2 Standard", "ServerStandard", "6.1", "7601", "ServerNT"},
        {"2012r2", "Windows Server 2012 R2 Standard", "ServerStandard", "6.3", "9600", "ServerNT"},
        {"2019", "Windows Server 2019 Datacenter", "ServerDatacenter", "6.3", "17763", "ServerNT"},
        {"7", "Windows 7 Professional", "Professional", "6.1", "7601", "WinNT"},
        {"10", "Windows 10 Pro", "Professional", "6.3", "19045", "WinNT"},
    };
    for (const auto& row : kRows) {
        if (release != row.release) continue;
        system.product_name = row.name;
        system.edition =
            *row.edition == 0 ? not_set<std::string>() : Fact<std::string>(row.edition);
        system.version = row.version;
        system.build = row.build;
        system.product_type = row.type;
    }
    const auto build = to_number(system.build.value_or("0")).value_or(0);
    system.major_version = build >= 10240 ? Fact<std::uint64_t>(10U) : not_set<std::uint64_t>();
    system.installation_type =
        build < 6000 ? not_set<std::string>()
                     : Fact<std::string>(*system.product_type == "WinNT" ? "Client" : "Server");
    system.service_pack = not_set<std::string>();
    system.service_pack_number = 0U;
    if (build == 3790 || build == 7601) {
        system.service_pack = "Service Pack 1";
        system.service_pack_number = 1U;
    }
}

void put_services(WindowsSystemFacts& system) {
    const auto add = [&](const char* name, std::uint64_t start) {
        WindowsService service;
        service.name = name;
        service.start = start;
        service.type = start < 2 ? 1U : 32U;
        system.services->push_back(std::move(service));
    };
    system.services = std::vector<WindowsService>{};
    for (const auto* name : {"disk", "partmgr", "volmgr", "mountmgr", "atapi", "intelide", "pciide",
                             "storahci", "stornvme"})
        add(name, 0);
    for (const auto* name : {"Tcpip", "AFD", "nsiproxy"}) add(name, 1);
    for (const auto* name : {"Dhcp", "nsi", "MpsSvc", "Winmgmt"}) add(name, 2);
    for (const auto* name : {"TermService", "Netlogon", "wuauserv", "ena"}) add(name, 3);
}

void put_boot(WindowsBootFacts& boot) {
    BootStore store;
    store.default_loader = "{11111111-1111-1111-1111-111111111111}";
    store.display_order = {store.default_loader};
    BootLoaderObject loader;
    loader.id = store.default_loader;
    store.where = keys::kBootStore;
    store.ems_where = below(keys::kBootStore, "{emssettings}");
    loader.where = below(keys::kBootStore, loader.id);
    loader.description = "Windows Server";
    loader.path = R"(\Windows\system32\winload.exe)";
    store.loaders = {loader};
    boot.store = store;
    boot.hibernation_mark = not_set<std::string>();
    boot.iscsi_targets = std::vector<std::string>{};
    boot.paging_files = std::vector<std::string>{R"(C:\pagefile.sys 4096 4096)"};
    boot.boot_execute = std::vector<std::string>{"autocheck autochk *"};
    boot.fast_startup = 0U;
    boot.hibernation = not_set<std::uint64_t>();
    boot.no_automount = not_set<std::uint64_t>();
    boot.san_policy = not_set<std::uint64_t>();
    boot.bitlocker = 0U;
    boot.system_space = Space{"/", 20ULL << 30, 60ULL << 30, 0, 0};
    boot.partition_style = "MBR";
    boot.mounted_letters = std::vector<std::string>{"C:"};
    boot.ide_entries =
        std::vector<std::string>{"primary_ide_channel", "secondary_ide_channel", "PCI#CC_0101"};
    boot.profile_folders = std::vector<std::string>{R"(%SystemRoot%\ServiceProfiles\LocalService)",
                                                    R"(C:\Users\Administrator)"};
    boot.profiles_directory = R"(%SystemDrive%\Users)";
    boot.broken_profiles = std::vector<std::string>{};
}

void put_network(WindowsNetworkFacts& network) {
    WindowsInterface one;
    one.id = "{08BA0CD8-E98C-475C-BADF-65130C043BD6}";
    one.connection = "Ethernet0";
    one.device = R"(PCI\VEN_15AD&DEV_07B0\1)";
    one.uses_dhcp = 1U;
    one.leased_address = "192.168.77.10";
    network.interfaces = std::vector{one};
    network.persistent_routes = std::vector<std::string>{};
    network.firewall_profiles = std::vector<WindowsFirewallProfile>{};
    for (const auto* name : {"DomainProfile", "StandardProfile", "PublicProfile"}) {
        WindowsFirewallProfile profile;
        profile.name = name;
        profile.key = below(keys::kFirewall, name);
        profile.enabled = 1U;
        profile.default_inbound = not_set<std::uint64_t>();
        profile.no_exceptions = 0U;
        profile.merges_local = not_set<std::uint64_t>();
        network.firewall_profiles->push_back(profile);
    }
    network.firewall_rules = std::vector{rdp_rule("")};
}

void put_access(WindowsAccessFacts& access) {
    access.rdp_denied = 0U;
    access.rdp_denied_by_policy = not_set<std::uint64_t>();
    access.rdp_station_enabled = 1U;
    access.rdp_port = 3389U;
    access.rdp_adapter = 0U;
    access.accounts = std::vector{account("Administrator", 500), account("Guest", 501)};
    access.accounts->back().disabled = Truth::yes;
    access.accounts->back().has_password = Truth::no;
    access.accounts->front().is_administrator = Truth::yes;
    access.autologon.enabled = "0";
    access.autologon.forced = not_set<std::string>();
    access.autologon.count = not_set<std::uint64_t>();
    access.autologon.password_is_stored = Truth::no;
    access.directory_database = access.directory_logs = access.directory_sysvol =
        not_set<std::string>();
    access.cloud_joins = not_set<std::vector<std::string>>();
}

void put_software(WindowsSoftwareFacts& software) {
    software.programs = std::vector<InstalledProgram>{};
    software.net35 = 1U;
    software.net35_service_pack = 1U;
    software.net4_release = 461814U;
    software.powershell = "5.1.17763.1";
    software.hotfixes = std::vector<std::string>{"KB2800213", "KB2922223", "KB4474419"};
    software.updates_off_by_policy = not_set<std::uint64_t>();
    software.update_option_by_policy = not_set<std::uint64_t>();
    software.update_option = 2U;
    software.pending = std::vector<PendingWork>{};
    software.image_state = "IMAGE_STATE_COMPLETE";
    software.setup_type = software.setup_in_progress = 0U;
    software.oobe_in_progress = software.upgrade_in_progress = 0U;
    software.upgraded_from = std::vector<std::string>{};
    software.deny_device_installation = std::vector<std::string>{};
    software.application_control = std::vector<std::string>{};
    software.driver_signing = 0U;
}

}  // namespace

void put_disk(Facts& facts, const std::string& table) {
    const bool is_gpt = table == "gpt";
    auto whole = disk("PhysicalDrive0", table);
    auto loader = partition("Harddisk0Partition1", "PhysicalDrive0", is_gpt ? "vfat" : "ntfs");
    auto windows = partition("Harddisk0Partition2", "PhysicalDrive0", "ntfs");
    loader.active = !is_gpt;
    loader.partition_type = is_gpt ? "c12a7328-f81f-11d2-ba4b-00a0c93ec93b" : "0x07";
    windows.partition_type = is_gpt ? "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7" : "0x07";
    loader.names = {loader.kernel_name, R"(\Device\HarddiskVolume1)"};
    windows.names = {"C:", windows.kernel_name};
    loader.encrypted = windows.encrypted = Truth::no;
    facts.storage.mounts = Mounts{mounted("/", "C:", "ntfs", windows.number)};
    facts.storage.devices = Devices{whole, loader, windows};
    facts.storage.crypttab = std::vector<CrypttabEntry>{};
}

WindowsAccount account(std::string name, std::uint64_t rid) {
    return {.name = std::move(name),
            .rid = rid,
            .disabled = Truth::no,
            .expired = Truth::no,
            .password_not_required = Truth::no,
            .has_password = Truth::yes,
            .is_administrator = Truth::no,
            .is_remote_user = Truth::no};
}

WindowsFirewallRule rdp_rule(std::string more, bool active, std::string action) {
    return {std::string(keys::kFirewallRules), "RemoteDesktop-UserMode-In-TCP",
            "v2.28|Action=" + action + "|Active=" + (active ? "TRUE" : "FALSE") +
                R"(|Dir=In|Protocol=6|LPort=3389|App=%SystemRoot%\system32\svchost.exe|)"
                "Svc=termservice|Name=@FirewallAPI.dll,-28775|" +
                more};
}

WindowsService& service_of(Facts& facts, const std::string& name) {
    auto& services = *facts.windows->system.services;
    for (auto& service : services)
        if (equal_ignoring_case(service.name, name)) return service;
    WindowsService service;
    service.name = name;
    services.push_back(std::move(service));
    return services.back();
}

bool mentions(const Finding& finding, std::string_view text) {
    auto all = finding.summary;
    for (const auto& seen : finding.evidence)
        all += " " + seen.where + " " + seen.found + " " + seen.expected;
    return contains(all, text);
}

Facts sound_windows() { return sound_windows("2019"); }

Facts sound_windows(const std::string& release) {
    Facts facts;
    facts.platform = Platform::windows_guest;
    facts.running = facts.privileged = true;
    facts.os.firmware = Firmware::bios;
    auto& windows = facts.windows.emplace();
    auto& system = windows.system;
    put_release(system, release);
    system.product_suites = std::vector<std::string>{"Terminal Server"};
    system.system_root = R"(C:\Windows)";
    system.architecture = "AMD64";
    system.computer_name = system.active_computer_name = "FILES01";
    system.domain = "";
    system.install_language = system.default_language = "0409";
    system.languages = std::vector<std::string>{"en-US"};
    system.real_time_is_universal = 1U;
    put_services(system);
    put_access(windows.access);
    put_network(windows.network);
    put_software(windows.software);
    put_boot(windows.boot);
    return facts;
}

}  // namespace guestprep
