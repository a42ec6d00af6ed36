// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agent/core/result.h"
#include "agent/core/truth.h"
#include "agent/facts/storage.h"
#include "agent/formats/answer_file.h"

namespace guestprep {

// What the registry of a Windows guest tells. Names of values stand beside what they hold; the keys
// are in windows_keys.h. A fact whose error is not_found is a value that is not set.

/// One key below Services.
struct WindowsService {
    std::string name;
    std::optional<std::uint64_t> start;  ///< 0 boot, 1 system, 2 automatic, 3 manual, 4 disabled
    bool start_is_unread = false;        ///< Start is there, and is no number
    std::optional<std::uint64_t>
        type;                 ///< 1 kernel driver, 2 file system driver, 16 or more: a process
    std::string group;        ///< load order group: "FSFilter Anti-Virus"
    std::string image_path;   ///< as it is stored
    std::string service_dll;  ///< Parameters\ServiceDll
    std::vector<std::string> altitudes;  ///< of a file system filter's instances

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("start", self.start);
        visit("start_is_unread", self.start_is_unread);
        visit("type", self.type);
        visit("group", self.group);
        visit("image_path", self.image_path);
        visit("service_dll", self.service_dll);
        visit("altitudes", self.altitudes);
    }
};

struct WindowsSystemFacts {
    Fact<std::uint64_t> current_control_set;  ///< Select\Current: of the last start
    Fact<std::uint64_t> next_control_set;     ///< Select\Default: of the next one, which is judged
    Fact<std::string> product_name;           ///< "Windows Server 2019 Datacenter"
    Fact<std::string> edition;                ///< EditionID: "ServerStandard"; not on 2003
    Fact<std::string> installation_type;      ///< "Server", "Server Core", "Client", "Nano Server"
    Fact<std::string> version;                ///< CurrentVersion: "5.2", "6.3" for all later ones
    Fact<std::uint64_t> major_version;        ///< CurrentMajorVersionNumber: 10; not before it
    Fact<std::string> build;                  ///< CurrentBuild, on old ones CurrentBuildNumber
    Fact<std::uint64_t> revision;             ///< UBR
    Fact<std::string> release;                ///< ReleaseId: "1809"
    Fact<std::string> display_version;        ///< "24H2"
    Fact<std::string> service_pack;           ///< CSDVersion: "Service Pack 1"
    Fact<std::uint64_t> service_pack_number;  ///< from Control\Windows, CSDVersion: 0x100 is 1
    Fact<std::string> build_lab;
    Fact<std::string> system_root;                  ///< "C:\\Windows"
    Fact<std::string> product_type;                 ///< "WinNT", "ServerNT", "LanmanNT"
    Fact<std::vector<std::string>> product_suites;  ///< "Blade", "Small Business", "DataCenter"
    Fact<std::string> architecture;                 ///< "AMD64", "x86", "ARM64", "IA64"
    Fact<std::string> computer_name;
    Fact<std::string> active_computer_name;
    Fact<std::string> host_name, domain;
    Fact<std::string> install_language;  ///< "0409"
    Fact<std::string> default_language;
    Fact<std::vector<std::string>> languages;  ///< MUI: "en-US"; on 2003 "0407"
    Fact<std::string> time_zone;
    Fact<std::uint64_t> active_time_bias;  ///< minutes, as an unsigned 32-bit number
    Fact<std::uint64_t> real_time_is_universal;
    Fact<std::uint64_t> firmware_type;  ///< 1 BIOS, 2 UEFI
    Fact<std::uint64_t> secure_boot;
    Fact<std::string> manufacturer, model;  ///< SMBIOS, as Windows keeps it
    Fact<std::vector<WindowsService>> services;
    /// What is wrong with the hives that were read: "SYSTEM: the file ends before its last bin".
    std::vector<std::string> troubles;
    /// What is to be known of them and harms nothing: "SYSTEM: its logs were applied".
    std::vector<std::string> notes;

    static void fields(auto& self, auto&& visit) {
        visit("current_control_set", self.current_control_set);
        visit("next_control_set", self.next_control_set);
        visit("product_name", self.product_name);
        visit("edition", self.edition);
        visit("installation_type", self.installation_type);
        visit("version", self.version);
        visit("major_version", self.major_version);
        visit("build", self.build);
        visit("revision", self.revision);
        visit("release", self.release);
        visit("display_version", self.display_version);
        visit("service_pack", self.service_pack);
        visit("service_pack_number", self.service_pack_number);
        visit("build_lab", self.build_lab);
        visit("system_root", self.system_root);
        visit("product_type", self.product_type);
        visit("product_suites", self.product_suites);
        visit("architecture", self.architecture);
        visit("computer_name", self.computer_name);
        visit("active_computer_name", self.active_computer_name);
        visit("host_name", self.host_name);
        visit("domain", self.domain);
        visit("install_language", self.install_language);
        visit("default_language", self.default_language);
        visit("languages", self.languages);
        visit("time_zone", self.time_zone);
        visit("active_time_bias", self.active_time_bias);
        visit("real_time_is_universal", self.real_time_is_universal);
        visit("firmware_type", self.firmware_type);
        visit("secure_boot", self.secure_boot);
        visit("manufacturer", self.manufacturer);
        visit("model", self.model);
        visit("services", self.services);
        visit("troubles", self.troubles);
        visit("notes", self.notes);
    }
};

/// A local account. Nothing of a password is kept, not even its hash: only whether there is one.
struct WindowsAccount {
    std::string name;
    std::uint64_t rid = 0;
    Truth disabled = Truth::unknown;
    Truth expired = Truth::unknown;  ///< its last day has passed
    Truth password_not_required = Truth::unknown;
    Truth has_password = Truth::unknown;
    Truth is_administrator = Truth::unknown;  ///< a direct member of the local group
    Truth is_remote_user = Truth::unknown;    ///< a direct member of Remote Desktop Users

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("rid", self.rid);
        visit("disabled", self.disabled);
        visit("expired", self.expired);
        visit("password_not_required", self.password_not_required);
        visit("has_password", self.has_password);
        visit("is_administrator", self.is_administrator);
        visit("is_remote_user", self.is_remote_user);
    }
};

/// Winlogon's automatic logon. The password itself is never read.
struct AutologonFacts {
    Fact<std::string> enabled;  ///< AutoAdminLogon: "1"
    Fact<std::string> forced;   ///< ForceAutoLogon
    Fact<std::uint64_t> count;  ///< AutoLogonCount
    Fact<std::string> user, domain;
    Truth password_is_stored = Truth::unknown;  ///< DefaultPassword, in plain text

    static void fields(auto& self, auto&& visit) {
        visit("enabled", self.enabled);
        visit("forced", self.forced);
        visit("count", self.count);
        visit("user", self.user);
        visit("domain", self.domain);
        visit("password_is_stored", self.password_is_stored);
    }
};

struct WindowsAccessFacts {
    Fact<std::uint64_t> rdp_denied;            ///< fDenyTSConnections
    Fact<std::uint64_t> rdp_denied_by_policy;  ///< the same, set by group policy: it wins
    Fact<std::uint64_t> rdp_station_enabled;   ///< RDP-Tcp, fEnableWinStation
    Fact<std::uint64_t> rdp_port;              ///< RDP-Tcp, PortNumber
    Fact<std::uint64_t> rdp_adapter;           ///< RDP-Tcp, LanAdapter: 0 for all
    Fact<std::uint64_t> rdp_network_level;     ///< RDP-Tcp, UserAuthentication
    Fact<std::uint64_t> rdp_network_level_by_policy;
    Fact<std::uint64_t> rdp_security_layer;
    Fact<std::vector<WindowsAccount>> accounts;
    AutologonFacts autologon;
    Fact<std::vector<std::string>> cloud_joins;  ///< JoinInfo subkeys
    Fact<std::string> directory_database;        ///< NTDS "DSA Database file"
    Fact<std::string> directory_logs, directory_sysvol;

    static void fields(auto& self, auto&& visit) {
        visit("rdp_denied", self.rdp_denied);
        visit("rdp_denied_by_policy", self.rdp_denied_by_policy);
        visit("rdp_station_enabled", self.rdp_station_enabled);
        visit("rdp_port", self.rdp_port);
        visit("rdp_adapter", self.rdp_adapter);
        visit("rdp_network_level", self.rdp_network_level);
        visit("rdp_network_level_by_policy", self.rdp_network_level_by_policy);
        visit("rdp_security_layer", self.rdp_security_layer);
        visit("accounts", self.accounts);
        visit("autologon", self.autologon);
        visit("cloud_joins", self.cloud_joins);
        visit("directory_database", self.directory_database);
        visit("directory_logs", self.directory_logs);
        visit("directory_sysvol", self.directory_sysvol);
    }
};

/// One key below Tcpip\Parameters\Interfaces.
struct WindowsInterface {
    std::string id;          ///< "{GUID}"
    std::string connection;  ///< "Ethernet"; empty where no connection has that name
    std::string device;      ///< PnP instance: "PCI\\VEN_15AD&DEV_07B0..."; empty for pseudo ones
    std::optional<std::uint64_t> uses_dhcp;  ///< EnableDHCP
    std::vector<std::string> addresses;      ///< IPAddress, without 0.0.0.0
    std::vector<std::string> masks, gateways;
    std::string name_servers;
    std::string leased_address, lease_server;  ///< DhcpIPAddress, DhcpServer

    [[nodiscard]] bool is_static() const { return uses_dhcp == 0U && !addresses.empty(); }

    static void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("connection", self.connection);
        visit("device", self.device);
        visit("uses_dhcp", self.uses_dhcp);
        visit("addresses", self.addresses);
        visit("masks", self.masks);
        visit("gateways", self.gateways);
        visit("name_servers", self.name_servers);
        visit("leased_address", self.leased_address);
        visit("lease_server", self.lease_server);
    }
};

/// A profile of the Windows firewall, from the registry or from group policy.
struct WindowsFirewallProfile {
    std::string name;  ///< "DomainProfile", "StandardProfile" (private), "PublicProfile"
    std::string key;
    bool from_policy = false;
    Fact<std::uint64_t> enabled;          ///< EnableFirewall
    Fact<std::uint64_t> default_inbound;  ///< DefaultInboundAction: 0 allow, 1 block
    Fact<std::uint64_t> no_exceptions;    ///< DoNotAllowExceptions
    Fact<std::uint64_t> merges_local;     ///< AllowLocalPolicyMerge, policy only
    /// 2003: GloballyOpenPorts\List, "3389:TCP:*:Enabled:name"
    std::vector<std::string> open_ports;

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("key", self.key);
        visit("from_policy", self.from_policy);
        visit("enabled", self.enabled);
        visit("default_inbound", self.default_inbound);
        visit("no_exceptions", self.no_exceptions);
        visit("merges_local", self.merges_local);
        visit("open_ports", self.open_ports);
    }
};

struct WindowsFirewallRule {
    std::string key;   ///< where it stands
    std::string name;  ///< "RemoteDesktop-UserMode-In-TCP"
    std::string text;  ///< "v2.10|Action=Allow|Active=TRUE|Dir=In|..."

    static void fields(auto& self, auto&& visit) {
        visit("key", self.key);
        visit("name", self.name);
        visit("text", self.text);
    }
};

struct WindowsNetworkFacts {
    Fact<std::vector<WindowsInterface>> interfaces;
    Fact<std::vector<std::string>> persistent_routes;
    Fact<std::vector<WindowsFirewallProfile>> firewall_profiles;
    Fact<std::vector<WindowsFirewallRule>> firewall_rules;

    static void fields(auto& self, auto&& visit) {
        visit("interfaces", self.interfaces);
        visit("persistent_routes", self.persistent_routes);
        visit("firewall_profiles", self.firewall_profiles);
        visit("firewall_rules", self.firewall_rules);
    }
};

/// One key below Uninstall.
struct InstalledProgram {
    std::string key;  ///< "{GUID}" or a name
    std::string name, version, publisher;
    bool is_32_bit = false;  ///< from the Wow6432Node view

    static void fields(auto& self, auto&& visit) {
        visit("key", self.key);
        visit("name", self.name);
        visit("version", self.version);
        visit("publisher", self.publisher);
        visit("is_32_bit", self.is_32_bit);
    }
};

/// Something that waits for the next start.
struct PendingWork {
    std::string where;  ///< the key or value
    std::string what;   ///< "servicing", "update", "rename", "join", "computer name"

    static void fields(auto& self, auto&& visit) {
        visit("where", self.where);
        visit("what", self.what);
    }
};

/// Windows\\Panther\\unattend.xml, looked through. Nothing of its passwords is kept.
struct AnswerFileFacts {
    std::string path;
    std::vector<AnswerProblem> problems;

    static void fields(auto& self, auto&& visit) {
        visit("path", self.path);
        visit("problems", self.problems);
    }
};

struct WindowsSoftwareFacts {
    Fact<std::vector<InstalledProgram>> programs;
    Fact<std::uint64_t> net35, net35_service_pack;  ///< NDP\v3.5 Install, SP
    Fact<std::uint64_t> net4_release;               ///< NDP\v4\Full Release
    Fact<std::vector<std::string>> net_versions;    ///< subkeys of NDP
    Fact<std::string> powershell;                   ///< of the newest engine
    Fact<std::vector<std::string>> hotfixes;        ///< "KB2922223", those that are installed
    Fact<std::uint64_t> updates_off_by_policy;      ///< NoAutoUpdate
    Fact<std::uint64_t> update_option_by_policy;    ///< AUOptions
    Fact<std::uint64_t> update_option;              ///< AUOptions, set locally
    Fact<std::vector<PendingWork>> pending;
    Fact<std::string> image_state;
    Fact<std::uint64_t> setup_type, setup_in_progress, oobe_in_progress, upgrade_in_progress;
    Fact<std::string> setup_command;
    Fact<std::uint64_t> generalization_state;
    Fact<std::vector<std::string>> upgraded_from;             ///< "Source OS (Updated on ...)"
    Fact<std::vector<std::string>> deny_device_installation;  ///< values that are set to 1
    Fact<std::vector<std::string>> application_control;       ///< policies that may stop programs
    Fact<std::uint64_t> driver_signing;                       ///< 2003: 0 ignore, 1 warn, 2 block
    Fact<std::string> key_server;                             ///< KMS host
    Fact<AnswerFileFacts> answer_file;

    static void fields(auto& self, auto&& visit) {
        visit("programs", self.programs);
        visit("net35", self.net35);
        visit("net35_service_pack", self.net35_service_pack);
        visit("net4_release", self.net4_release);
        visit("net_versions", self.net_versions);
        visit("powershell", self.powershell);
        visit("hotfixes", self.hotfixes);
        visit("updates_off_by_policy", self.updates_off_by_policy);
        visit("update_option_by_policy", self.update_option_by_policy);
        visit("update_option", self.update_option);
        visit("pending", self.pending);
        visit("image_state", self.image_state);
        visit("setup_type", self.setup_type);
        visit("setup_in_progress", self.setup_in_progress);
        visit("oobe_in_progress", self.oobe_in_progress);
        visit("upgrade_in_progress", self.upgrade_in_progress);
        visit("setup_command", self.setup_command);
        visit("generalization_state", self.generalization_state);
        visit("upgraded_from", self.upgraded_from);
        visit("deny_device_installation", self.deny_device_installation);
        visit("application_control", self.application_control);
        visit("driver_signing", self.driver_signing);
        visit("key_server", self.key_server);
        visit("answer_file", self.answer_file);
    }
};

/// A Windows loader of the boot configuration store, or a line of boot.ini.
struct BootLoaderObject {
    std::string id;     ///< "{GUID}"; of boot.ini "line 4"
    std::string where;  ///< its key, or "C:\\boot.ini:4"
    std::string description, path;
    bool is_recovery = false;  ///< WinPE, the Recovery Console
    std::optional<std::uint64_t> safe_boot, hypervisor_launch;
    bool has_ems = false, has_debugger = false;

    static void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("where", self.where);
        visit("description", self.description);
        visit("path", self.path);
        visit("is_recovery", self.is_recovery);
        visit("safe_boot", self.safe_boot);
        visit("hypervisor_launch", self.hypervisor_launch);
        visit("has_ems", self.has_ems);
        visit("has_debugger", self.has_debugger);
    }
};

/// What the firmware's loader reads to start Windows: the boot configuration store, or boot.ini of
/// Server 2003 and XP, told in the store's words.
struct BootStore {
    std::string where;  ///< the store's key, or "C:\\boot.ini"
    bool is_boot_ini = false;
    std::string default_loader;  ///< one of `loaders`, or a name that leads to none
    std::vector<std::string> display_order, one_time_sequence;
    std::vector<BootLoaderObject> loaders;
    bool has_ems = false;  ///< {emssettings}, or redirect= in boot.ini
    std::string ems_where;

    /// nullptr where the default leads to no loader.
    [[nodiscard]] const BootLoaderObject* default_entry() const {
        for (const auto& loader : loaders)
            if (loader.id == default_loader) return &loader;
        return nullptr;
    }

    static void fields(auto& self, auto&& visit) {
        visit("where", self.where);
        visit("is_boot_ini", self.is_boot_ini);
        visit("default_loader", self.default_loader);
        visit("display_order", self.display_order);
        visit("one_time_sequence", self.one_time_sequence);
        visit("loaders", self.loaders);
        visit("has_ems", self.has_ems);
        visit("ems_where", self.ems_where);
    }
};

/// What the firmware starts Windows by, looked for where it has to be.
struct BootFiles {
    std::string place;                          ///< "/Harddisk0Partition1", "/" of a mounted disk
    std::vector<std::string> present, missing;  ///< "bootmgr", "Boot\\BCD"

    static void fields(auto& self, auto&& visit) {
        visit("place", self.place);
        visit("present", self.present);
        visit("missing", self.missing);
    }
};

struct WindowsBootFacts {
    Fact<BootStore> store;
    Fact<BootFiles> boot_files;
    Fact<std::string> hibernation_mark;            ///< the first four bytes of hiberfil.sys: "hibr"
    Fact<std::vector<std::string>> iscsi_targets;  ///< keys of persistent logins
    Fact<std::vector<std::string>> paging_files;   ///< "C:\\pagefile.sys 4096 4096"
    Fact<std::vector<std::string>> boot_execute;   ///< "autocheck autochk *"
    Fact<std::uint64_t> fast_startup, hibernation;  ///< HiberbootEnabled, HibernateEnabled
    Fact<std::uint64_t> no_automount, san_policy;
    Fact<std::uint64_t> bitlocker;                   ///< BitLockerStatus, BootStatus
    Fact<Space> system_space;                        ///< of the file system with Windows
    Fact<std::string> system_partition;              ///< Setup: "\\Device\\HarddiskVolume1"
    Fact<std::string> partition_style;               ///< of C:, by MountedDevices: "MBR", "GPT"
    Fact<std::vector<std::string>> mounted_letters;  ///< "C:", fixed volumes with a signature
    Fact<std::vector<std::string>> ide_entries;      ///< 2003: CriticalDeviceDatabase
    Fact<std::vector<std::string>> profile_folders;  ///< ProfileList, ProfileImagePath
    Fact<std::string> profiles_directory;
    Fact<std::vector<std::string>> broken_profiles;  ///< ProfileList keys that end in .bak

    static void fields(auto& self, auto&& visit) {
        visit("store", self.store);
        visit("boot_files", self.boot_files);
        visit("hibernation_mark", self.hibernation_mark);
        visit("iscsi_targets", self.iscsi_targets);
        visit("paging_files", self.paging_files);
        visit("boot_execute", self.boot_execute);
        visit("fast_startup", self.fast_startup);
        visit("hibernation", self.hibernation);
        visit("no_automount", self.no_automount);
        visit("san_policy", self.san_policy);
        visit("bitlocker", self.bitlocker);
        visit("system_space", self.system_space);
        visit("system_partition", self.system_partition);
        visit("partition_style", self.partition_style);
        visit("mounted_letters", self.mounted_letters);
        visit("ide_entries", self.ide_entries);
        visit("profile_folders", self.profile_folders);
        visit("profiles_directory", self.profiles_directory);
        visit("broken_profiles", self.broken_profiles);
    }
};

struct WindowsFacts {
    WindowsSystemFacts system;
    WindowsAccessFacts access;
    WindowsNetworkFacts network;
    WindowsSoftwareFacts software;
    WindowsBootFacts boot;

    static void fields(auto& self, auto&& visit) {
        visit("system", self.system);
        visit("access", self.access);
        visit("network", self.network);
        visit("software", self.software);
        visit("boot", self.boot);
    }
};

}  // namespace guestprep
