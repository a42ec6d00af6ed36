// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agent/core/result.h"

namespace guestprep {

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

}  // namespace guestprep
