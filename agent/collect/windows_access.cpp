// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/collect/windows_parts.h"
#include "agent/facts/windows_keys.h"
#include "agent/formats/sam_account.h"

namespace guestprep {
namespace {

/// Who is a direct member of a built-in group; its key is the group's RID.
Fact<std::vector<std::string>> members_of(const RegistryView& registry, std::string_view rid) {
    const auto c = registry.value(below(below(keys::kSam, "Builtin\\Aliases"), rid), "C");
    if (!c) return std::unexpected(c.error());
    return parse_sam_members(c->bytes);
}

class Groups {
public:
    explicit Groups(const RegistryView& registry)
        : administrators_(members_of(registry, "00000220")),
          remote_users_(members_of(registry, "0000022B")) {
        const auto v = registry.value(below(keys::kSam, "Account"), "V");
        if (v) machine_ = parse_machine_sid(v->bytes);
    }
    void place(WindowsAccount& account) const {
        if (!machine_) return;
        const auto sid = *machine_ + "-" + std::to_string(account.rid);
        account.is_administrator = holds(administrators_, sid);
        account.is_remote_user = holds(remote_users_, sid);
    }

private:
    static Truth holds(const Fact<std::vector<std::string>>& members, const std::string& sid) {
        if (members.is_absent()) return Truth::no;
        if (!members) return Truth::unknown;
        return std::ranges::find(*members, sid) != members->end() ? Truth::yes : Truth::no;
    }
    Fact<std::vector<std::string>> administrators_, remote_users_;
    Fact<std::string> machine_;
};

Truth truth_of(bool value) { return value ? Truth::yes : Truth::no; }

Fact<std::vector<WindowsAccount>> accounts_in_sam(const RegistryView& registry, std::int64_t now) {
    const auto users = below(keys::kSam, "Account\\Users");
    const auto rids = registry.subkeys(users);
    if (!rids) return std::unexpected(rids.error());
    const Groups groups(registry);
    std::vector<WindowsAccount> accounts;
    for (const auto& rid : *rids) {
        if (rid == "Names") continue;
        const auto key = below(users, rid);
        const auto f = registry.value(key, "F");
        const auto v = registry.value(key, "V");
        if (!f) return std::unexpected(Error(f.error()).within(key));
        if (!v) return std::unexpected(Error(v.error()).within(key));
        const auto parsed = parse_sam_account(f->bytes, v->bytes);
        if (!parsed) return std::unexpected(Error(parsed.error()).within(key));
        WindowsAccount account{.name = parsed->name,
                               .rid = parsed->rid,
                               .disabled = truth_of(parsed->disabled),
                               .expired = truth_of(parsed->expires != 0 && parsed->expires <= now),
                               .password_not_required = truth_of(parsed->password_not_required),
                               .has_password = parsed->has_password};
        groups.place(account);
        accounts.push_back(std::move(account));
    }
    return accounts;
}

/// The SAM hive is closed to all but the system itself. Who else asks is told by Windows all but
/// whether there is a password.
Fact<std::vector<WindowsAccount>> accounts_of(const RegistryView& registry,
                                              const AccountReader* system, std::int64_t now) {
    auto stored = accounts_in_sam(registry, now);
    if (stored || system == nullptr) return stored;
    const auto told = system->local_accounts();
    if (!told)
        return std::unexpected(
            Error{stored.error().code, stored.error().message + "; " + told.error().message});
    std::vector<WindowsAccount> accounts;
    for (const auto& one : *told)
        accounts.push_back({.name = one.name,
                            .rid = one.rid,
                            .disabled = truth_of(one.disabled),
                            .expired = truth_of(one.expired),
                            .password_not_required = truth_of(one.password_not_required),
                            .has_password = Truth::unknown,
                            .is_administrator = one.is_administrator,
                            .is_remote_user = one.is_remote_user});
    return accounts;
}

/// The names of a key's values alone: what they hold is not asked for.
Truth has_value(const RegistryView& registry, std::string_view key, std::string_view name) {
    const auto values = registry.values(key);
    if (values.is_absent()) return Truth::no;
    if (!values) return Truth::unknown;
    const auto is_it = [&](const NamedRegistryValue& value) {
        return std::ranges::equal(value.name, name, [](char a, char b) {
            const auto lower = [](char c) {
                return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            };
            return lower(a) == lower(b);
        });
    };
    return std::ranges::any_of(*values, is_it) ? Truth::yes : Truth::no;
}

}  // namespace

void collect_windows_access(const RegistryView& registry, const AccountReader* system,
                            std::int64_t now, WindowsAccessFacts& facts) {
    using namespace keys;
    facts.rdp_denied = registry.number(kTerminalServer, "fDenyTSConnections");
    facts.rdp_denied_by_policy = registry.number(kTerminalPolicy, "fDenyTSConnections");
    facts.rdp_station_enabled = registry.number(kRdpTcp, "fEnableWinStation");
    facts.rdp_port = registry.number(kRdpTcp, "PortNumber");
    facts.rdp_adapter = registry.number(kRdpTcp, "LanAdapter");
    facts.rdp_network_level = registry.number(kRdpTcp, "UserAuthentication");
    facts.rdp_network_level_by_policy = registry.number(kTerminalPolicy, "UserAuthentication");
    facts.rdp_security_layer = registry.number(kRdpTcp, "SecurityLayer");
    facts.accounts = accounts_of(registry, system, now);
    auto& autologon = facts.autologon;
    autologon.enabled = registry.text(kWinlogon, "AutoAdminLogon");
    autologon.forced = registry.text(kWinlogon, "ForceAutoLogon");
    autologon.count = registry.loose_number(kWinlogon, "AutoLogonCount");
    autologon.user = registry.text(kWinlogon, "DefaultUserName");
    autologon.domain = registry.text(kWinlogon, "DefaultDomainName");
    autologon.password_is_stored = has_value(registry, kWinlogon, "DefaultPassword");
    facts.cloud_joins = registry.subkeys(below(kControl, "CloudDomainJoin\\JoinInfo"));
    facts.directory_database = registry.text(kDirectory, "DSA Database file");
    facts.directory_logs = registry.text(kDirectory, "Database log files path");
    facts.directory_sysvol = registry.text(kNetlogon, "SysVol");
}

}  // namespace guestprep
