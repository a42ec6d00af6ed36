// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agent/core/result.h"
#include "agent/core/truth.h"

namespace guestprep {

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

}  // namespace guestprep
