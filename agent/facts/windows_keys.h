// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// The registry keys that collectors, checks and fixers speak of.
namespace guestprep::keys {

inline constexpr std::string_view kSelect = R"(HKLM\SYSTEM\Select)";
inline constexpr std::string_view kSetup = R"(HKLM\SYSTEM\Setup)";
inline constexpr std::string_view kMountedDevices = R"(HKLM\SYSTEM\MountedDevices)";
inline constexpr std::string_view kControl = R"(HKLM\SYSTEM\CurrentControlSet\Control)";
inline constexpr std::string_view kEnum = R"(HKLM\SYSTEM\CurrentControlSet\Enum)";
inline constexpr std::string_view kClass = R"(HKLM\SYSTEM\CurrentControlSet\Control\Class)";
inline constexpr std::string_view kServices = R"(HKLM\SYSTEM\CurrentControlSet\Services)";
inline constexpr std::string_view kDhcp = R"(HKLM\SYSTEM\CurrentControlSet\Services\Dhcp)";
inline constexpr std::string_view kTcpip =
    R"(HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters)";
inline constexpr std::string_view kInterfaces =
    R"(HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters\Interfaces)";
inline constexpr std::string_view kFirewall =
    R"(HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy)";
inline constexpr std::string_view kFirewallRules =
    R"(HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules)";
inline constexpr std::string_view kFirewallPolicy =
    R"(HKLM\SOFTWARE\Policies\Microsoft\WindowsFirewall)";
inline constexpr std::string_view kTerminalServer =
    R"(HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server)";
inline constexpr std::string_view kRdpTcp =
    R"(HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server\WinStations\RDP-Tcp)";
inline constexpr std::string_view kTerminalPolicy =
    R"(HKLM\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services)";
inline constexpr std::string_view kTimeZone =
    R"(HKLM\SYSTEM\CurrentControlSet\Control\TimeZoneInformation)";
inline constexpr std::string_view kMemory =
    R"(HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management)";
inline constexpr std::string_view kSessionManager =
    R"(HKLM\SYSTEM\CurrentControlSet\Control\Session Manager)";
inline constexpr std::string_view kSessionPower =
    R"(HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Power)";
inline constexpr std::string_view kPower = R"(HKLM\SYSTEM\CurrentControlSet\Control\Power)";
inline constexpr std::string_view kMountManager =
    R"(HKLM\SYSTEM\CurrentControlSet\Services\mountmgr)";
inline constexpr std::string_view kPartitionManager =
    R"(HKLM\SYSTEM\CurrentControlSet\Services\partmgr\Parameters)";
inline constexpr std::string_view kDirectory =
    R"(HKLM\SYSTEM\CurrentControlSet\Services\NTDS\Parameters)";
inline constexpr std::string_view kNetlogon =
    R"(HKLM\SYSTEM\CurrentControlSet\Services\Netlogon\Parameters)";
inline constexpr std::string_view kCurrentVersion =
    R"(HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion)";
inline constexpr std::string_view kWinlogon =
    R"(HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon)";
inline constexpr std::string_view kProfileList =
    R"(HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList)";
inline constexpr std::string_view kWindows = R"(HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion)";
inline constexpr std::string_view kServicing =
    R"(HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing)";
inline constexpr std::string_view kUpdate =
    R"(HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update)";
inline constexpr std::string_view kUpdatePolicy =
    R"(HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU)";
inline constexpr std::string_view kNetFramework =
    R"(HKLM\SOFTWARE\Microsoft\NET Framework Setup\NDP)";
inline constexpr std::string_view kPowerShell = R"(HKLM\SOFTWARE\Microsoft\PowerShell)";
inline constexpr std::string_view kDeviceRestrictions =
    R"(HKLM\SOFTWARE\Policies\Microsoft\Windows\DeviceInstall\Restrictions)";
inline constexpr std::string_view kSam = R"(HKLM\SAM\SAM\Domains)";
inline constexpr std::string_view kBootStore = R"(HKLM\BCD00000000\Objects)";

}  // namespace guestprep::keys

namespace guestprep {

/// "HKLM\\SYSTEM\\x" and "y" to "HKLM\\SYSTEM\\x\\y"; a value is written like a key.
[[nodiscard]] inline std::string below(std::string_view key, std::string_view name) {
    return std::string(key) + "\\" + std::string(name);
}
[[nodiscard]] inline std::string value_at(std::string_view key, std::string_view name) {
    return below(key, name);
}

}  // namespace guestprep
