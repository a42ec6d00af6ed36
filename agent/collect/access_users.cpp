// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <unordered_map>

#include "agent/collect/access_parts.h"
#include "agent/collect/access_sudo.h"
#include "agent/core/text.h"
#include "agent/formats/accounts.h"
#include "agent/formats/authorized_keys.h"

namespace guestprep {
namespace {

constexpr std::size_t kMostUsers = 300;  // looked at one by one
constexpr std::uint32_t kFirstNobody = 65533;
constexpr std::int64_t kSecondsOfDay = 86400;

/// The account files, indexed.
struct Accounts {
    PasswdFile passwd;
    Result<ShadowFile> shadow;
    GroupFile group;
    std::unordered_map<std::string, std::size_t> shadow_of;  ///< name -> index
    std::unordered_map<std::string, std::vector<std::string>> member_of;
    std::unordered_map<std::uint32_t, std::string> group_name;
    std::unordered_map<std::string, std::uint32_t> gid_of;
    std::unordered_map<std::uint32_t, std::size_t> primary_users;  ///< gid -> accounts with it
    std::unordered_map<std::uint32_t, std::vector<std::string>> members;

    [[nodiscard]] const ShadowEntry* shadow_entry(const std::string& name) const {
        const auto found = shadow_of.find(name);
        return found == shadow_of.end() ? nullptr : &shadow->entries[found->second];
    }
    [[nodiscard]] std::vector<std::string> groups_of(const PasswdEntry& user) const {
        std::vector<std::string> out;
        if (const auto own = group_name.find(user.gid); own != group_name.end())
            out.push_back(own->second);
        if (const auto more = member_of.find(user.name); more != member_of.end())
            out.insert(out.end(), more->second.begin(), more->second.end());
        return out;
    }
    [[nodiscard]] std::vector<std::uint32_t> gids_of(const PasswdEntry& user) const {
        std::vector<std::uint32_t> out = {user.gid};
        const auto more = member_of.find(user.name);
        if (more == member_of.end()) return out;
        for (const auto& name : more->second)
            if (const auto found = gid_of.find(name); found != gid_of.end())
                out.push_back(found->second);
        return out;
    }
    /// The user's own group where nobody else is in it, else 0.
    [[nodiscard]] std::uint32_t private_gid(const PasswdEntry& user) const {
        const auto users = primary_users.find(user.gid);
        const auto others = members.find(user.gid);
        const bool alone = others != members.end() &&
                           std::ranges::all_of(others->second, [&](const std::string& member) {
                               return member == user.name;
                           });
        return alone && users != primary_users.end() && users->second == 1 ? user.gid : 0;
    }
};

Result<Accounts> read_accounts(const FileReader& files) {
    const auto passwd = files.read(GuestPath("/etc/passwd"), std::size_t{64} << 20);
    if (!passwd) return std::unexpected(passwd.error());
    Accounts out{.passwd = parse_passwd(*passwd), .shadow = ShadowFile{}};
    for (const auto& user : out.passwd.entries) ++out.primary_users[user.gid];
    if (const auto text = files.read(GuestPath("/etc/shadow"), std::size_t{64} << 20))
        out.shadow = parse_shadow(*text);
    else
        out.shadow = std::unexpected(text.error());
    if (out.shadow)
        for (std::size_t i = 0; i < out.shadow->entries.size(); ++i)
            out.shadow_of.try_emplace(out.shadow->entries[i].name, i);
    if (const auto text = files.read(GuestPath("/etc/group"), std::size_t{64} << 20))
        out.group = parse_group(*text);
    for (const auto& group : out.group.entries) {
        out.group_name.try_emplace(group.gid, group.name);
        out.gid_of.try_emplace(group.name, group.gid);
        out.members.try_emplace(group.gid, group.members);
        for (const auto& member : group.members) out.member_of[member].push_back(group.name);
    }
    return out;
}

std::uint32_t first_regular_uid(const Host& host, const Facts& facts) {
    if (const auto text = host.files.read(GuestPath("/etc/login.defs")))
        if (const auto found = uid_min(*text)) return *found;
    const auto& system = facts.os.distribution;
    const bool old_red_hat =
        system && system->family == "rhel" && compare_versions(system->version, "7") < 0;
    return old_red_hat ? 500 : 1000;
}

/// Judges one account as sshd would.
class Judge {
public:
    Judge(const Host& host, const Facts& facts, const Accounts& accounts, const SshReading& ssh,
          const SudoReading& sudo, std::int64_t today)
        : host_(host), facts_(facts), accounts_(accounts), ssh_(ssh), sudo_(sudo), today_(today) {}

    LoginUser judge(const PasswdEntry& entry) const {
        const auto groups = accounts_.groups_of(entry);
        const SshdView view(ssh_.settings, {entry.name, groups, ssh_.ports});
        LoginUser user{.name = entry.name,
                       .uid = entry.uid,
                       .where = at_line("/etc/passwd", entry.line),
                       .home = entry.home};
        user.password = password_of(entry);
        user.home_is_missing = is_missing(GuestPath(entry.home));
        set_methods(view, user);
        user.refused = refusal(entry, groups, view);
        for (const std::string_view keyword : {"authorizedkeyscommand", "trustedusercakeys"})
            if (const auto* line = view.first(keyword); is_set(line))
                user.keys_elsewhere = {line->where, line->keyword + " " + shown(line->args[0])};
        for (const auto& path : key_paths(entry, view))
            if (auto file = read_keys(path, entry, view)) user.key_files.push_back(*file);
        set_administrator(entry, groups, user);
        return user;
    }

private:
    static bool is_set(const SshdDirective* line) {
        return line != nullptr && !line->args.empty() &&
               !equal_ignoring_case(line->args[0], "none");
    }
    [[nodiscard]] bool is_missing(const GuestPath& path) const {
        const auto info = host_.files.info(path);
        return !info && info.error().code == Errc::not_found;
    }
    [[nodiscard]] PasswordState password_of(const PasswdEntry& entry) const {
        if (entry.no_password) return PasswordState::empty;
        if (!accounts_.shadow && accounts_.shadow.error().code != Errc::not_found)
            return PasswordState::unknown;
        const auto* shadow = accounts_.shadow_entry(entry.name);
        if (shadow != nullptr) return shadow->password;
        // No shadow line: the field of passwd itself counts; its hash is not kept.
        return entry.in_shadow ? PasswordState::other : PasswordState::unknown;
    }
    void set_methods(const SshdView& view, LoginUser& user) const;
    [[nodiscard]] std::string root_choice(const SshdView& view) const;
    [[nodiscard]] SettingLine refusal(const PasswdEntry& entry,
                                      const std::vector<std::string>& groups,
                                      const SshdView& view) const;
    [[nodiscard]] SettingLine refused_by_list(const PasswdEntry& entry,
                                              const std::vector<std::string>& groups,
                                              const SshdView& view) const;
    [[nodiscard]] std::vector<GuestPath> key_paths(const PasswdEntry& entry,
                                                   const SshdView& view) const;
    [[nodiscard]] std::optional<KeyFile> read_keys(const GuestPath& path, const PasswdEntry& entry,
                                                   const SshdView& view) const;
    [[nodiscard]] bool opens_a_shell(const AuthorizedKey& key, const SshdView& view) const;
    void set_administrator(const PasswdEntry& entry, const std::vector<std::string>& groups,
                           LoginUser& user) const;

    const Host& host_;
    const Facts& facts_;
    const Accounts& accounts_;
    const SshReading& ssh_;
    const SudoReading& sudo_;
    std::int64_t today_;
};

/// What PermitRootLogin says, or what this sshd does where it says nothing.
std::string Judge::root_choice(const SshdView& view) const {
    if (const auto set = view.value("permitrootlogin"); !set.empty()) return lowercase(set);
    const auto version = ssh_.version.value_or(SshVersion{9, 0});
    const auto& system = facts_.os.distribution;
    const auto family = system ? system->family : std::string();
    // 7.0 made it prohibit-password; RHEL up to 8 and SLES up to 15 kept "yes".
    const bool kept = (family == "rhel" && version < SshVersion{8, 7}) ||
                      (family == "suse" && version < SshVersion{9, 0});
    return version < SshVersion{7, 0} || kept ? "yes" : "prohibit-password";
}

void Judge::set_methods(const SshdView& view, LoginUser& user) const {
    user.keys_allowed = view.enabled("pubkeyauthentication", true);
    user.passwords_allowed =
        view.enabled("passwordauthentication", true) ||
        (view.enabled("kbdinteractiveauthentication", true) && view.enabled("usepam", false));
    user.empty_password_allowed = view.enabled("permitemptypasswords", false);
    if (user.uid == 0 && root_choice(view) != "yes") user.passwords_allowed = false;
    if (user.uid == 0 && root_choice(view) == "forced-commands-only") user.keys_allowed = false;
    const auto* methods = view.first("authenticationmethods");
    if (methods == nullptr || methods->args.empty() || methods->args[0] == "any") return;
    user.methods = {methods->where, "AuthenticationMethods"};
    user.key_suffices = user.password_suffices = false;
    for (const auto& list : methods->args) {
        user.methods.text += " " + shown(list, 80);
        bool key = false;
        bool password = false;
        bool other = false;
        for (const auto method : split(list, ',')) {
            const bool is_key = method == "publickey";
            const bool is_password =
                method == "password" || method.starts_with("keyboard-interactive");
            key |= is_key;
            password |= is_password;
            other |= !is_key && !is_password;
        }
        if (other) continue;
        user.key_suffices |= key && !password;
        user.password_suffices |= password && !key;
        user.key_and_password_suffice |= key && password;
    }
}

SettingLine Judge::refused_by_list(const PasswdEntry& entry, const std::vector<std::string>& groups,
                                   const SshdView& view) const {
    // "user@host" names a client; nobody knows yet where the next one comes from.
    const auto names_user = [&](std::string_view pattern) {
        const auto at = pattern.rfind('@');
        if (at == std::string_view::npos) return matches_ssh_pattern(pattern, entry.name);
        return matches_ssh_pattern(pattern.substr(0, at), entry.name) &&
               matches_any_client(pattern.substr(at + 1));
    };
    const auto names_group = [&](std::string_view pattern) {
        return std::ranges::any_of(
            groups, [&](const std::string& group) { return matches_ssh_pattern(pattern, group); });
    };
    const auto where = [&](std::string_view keyword) { return view.first(keyword)->where; };
    if (std::ranges::any_of(view.all("denyusers"), names_user))
        return {where("denyusers"), "DenyUsers names it"};
    const auto users = view.all("allowusers");
    if (!users.empty() && std::ranges::none_of(users, names_user))
        return {where("allowusers"), "AllowUsers does not name it: " + shown(join(users, " "), 80)};
    if (std::ranges::any_of(view.all("denygroups"), names_group))
        return {where("denygroups"), "DenyGroups names one of its groups"};
    const auto allowed = view.all("allowgroups");
    if (!allowed.empty() && std::ranges::none_of(allowed, names_group))
        return {where("allowgroups"),
                "AllowGroups names none of its groups: " + shown(join(allowed, " "), 80)};
    return {};
}

SettingLine Judge::refusal(const PasswdEntry& entry, const std::vector<std::string>& groups,
                           const SshdView& view) const {
    const auto passwd = at_line("/etc/passwd", entry.line);
    const GuestPath shell(entry.shell.empty() ? "/bin/sh" : entry.shell);
    if (!is_login_shell(entry.shell)) return {passwd, "its shell is " + shown(entry.shell, 60)};
    if (is_missing(shell))
        return {passwd, "its shell " + shown(shell.str(), 60) + " does not exist"};
    if (const auto info = host_.files.info(shell); info && (info->permissions & 0111U) == 0)
        return {passwd, "its shell " + shown(shell.str(), 60) + " is not executable"};
    if (entry.uid == 0 && root_choice(view) == "no")
        return {view.first("permitrootlogin")->where, "PermitRootLogin no"};
    if (auto refused = refused_by_list(entry, groups, view); !refused.text.empty()) return refused;
    if (entry.uid != 0 && !facts_.access.nologin.where.empty())
        return {facts_.access.nologin.where, "the file keeps everybody but root out"};
    if (const auto* shadow = accounts_.shadow ? accounts_.shadow_entry(entry.name) : nullptr) {
        const auto line = at_line("/etc/shadow", shadow->line);
        if (shadow->refused_without_pam && !view.enabled("usepam", false))
            return {line, "the password is locked, and sshd runs without UsePAM"};
        if (auto why = shadow->expired_on(today_); !why.empty()) return {line, std::move(why)};
    }
    if (const auto* force = view.first("forcecommand"); is_set(force))
        return {force->where, "ForceCommand " + shown(join(force->args, " "), 60)};
    return {};
}

std::vector<GuestPath> Judge::key_paths(const PasswdEntry& entry, const SshdView& view) const {
    std::vector<std::string> names{".ssh/authorized_keys", ".ssh/authorized_keys2"};
    const auto* set = view.first("authorizedkeysfile");
    if (set != nullptr && !set->args.empty()) {
        names = set->args;
        // Before 5.9 there was one name, and the second had a keyword of its own.
        if (const auto second = view.value("authorizedkeysfile2"); !second.empty())
            names.emplace_back(second);
    }
    std::vector<GuestPath> paths;
    for (const auto& name : names) {
        if (equal_ignoring_case(name, "none")) continue;
        std::string path;
        for (std::size_t i = 0; i < name.size(); ++i) {
            const char token = name[i] == '%' && i + 1 < name.size() ? name[i + 1] : '\0';
            if (token == 'h')
                path += entry.home;
            else if (token == 'u')
                path += entry.name;
            else if (token == 'U')
                path += std::to_string(entry.uid);
            else if (token == '%')
                path += '%';
            else
                path += name[i];
            if (token == 'h' || token == 'u' || token == 'U' || token == '%') ++i;
        }
        paths.push_back(path.starts_with('/') ? GuestPath(path) : GuestPath(entry.home) / path);
    }
    return paths;
}

bool Judge::opens_a_shell(const AuthorizedKey& key, const SshdView& view) const {
    if (key.refused || key.forced_command || key.certificate_authority) return false;
    if (!key.from.empty() && !matches_any_client(key.from)) return false;
    if (!key.expires.empty()) {
        const auto end = expiry_seconds(key.expires);
        if (!end || *end / kSecondsOfDay <= today_) return false;
    }
    const auto accepted = view.value("pubkeyacceptedalgorithms");
    const bool replaces =
        !accepted.empty() && std::string_view("+-^").find(accepted[0]) == std::string_view::npos;
    const auto listed = [&](std::string_view list) {
        // The algorithms of an RSA key have names of their own.
        return matches_ssh_pattern_list(list, key.type) ||
               (key.type == "ssh-rsa" && (matches_ssh_pattern_list(list, "rsa-sha2-256") ||
                                          matches_ssh_pattern_list(list, "rsa-sha2-512")));
    };
    if (replaces) return listed(accepted);
    if (accepted.starts_with('+') && listed(accepted.substr(1))) return true;
    return takes_key_type(key.type, ssh_.version);
}

std::optional<KeyFile> Judge::read_keys(const GuestPath& path, const PasswdEntry& entry,
                                        const SshdView& view) const {
    KeyFile out{.path = path.str()};
    const auto text = host_.files.read(path, std::size_t{4} << 20);
    if (!text) {
        if (text.error().code == Errc::not_found) return std::nullopt;
        const bool refused =
            text.error().code == Errc::wrong_type || text.error().code == Errc::too_large;
        (refused ? out.trouble : out.unread) = text.error().message;
        return out;
    }
    const auto file = parse_authorized_keys(*text);
    out.bad_lines = static_cast<std::uint32_t>(file.bad_lines.size());
    for (const auto& key : file.keys) ++(opens_a_shell(key, view) ? out.usable : out.limited);
    const bool debian = host_.files.exists(GuestPath("/etc/debian_version"));
    auto trust =
        trust_in_key_file(host_.files, path,
                          {entry.name, entry.uid, GuestPath(entry.home), accounts_.gids_of(entry),
                           debian ? accounts_.private_gid(entry) : 0},
                          view.enabled("strictmodes", true));
    out.trouble = std::move(trust.trouble);
    if (out.trouble.empty()) out.unread = std::move(trust.doubt);
    out.mendable = std::move(trust.mendable);
    return out;
}

void Judge::set_administrator(const PasswdEntry& entry, const std::vector<std::string>& groups,
                              LoginUser& user) const {
    if (entry.uid == 0) {
        user.administrator = Truth::yes;
        user.administrator_by = "uid 0";
        return;
    }
    const auto right = sudo_.right_of(entry.name, entry.uid, groups);
    // sudo asks for a password: without one only a NOPASSWD rule helps.
    const bool usable = right.no_password || user.password == PasswordState::hash ||
                        user.password == PasswordState::unknown;
    if (!right.where.empty() && usable) {
        user.administrator = Truth::yes;
        user.administrator_by = right.where;
    } else if (right.where.empty() && !sudo_.unread.empty()) {
        user.administrator = Truth::unknown;
        user.administrator_by = sudo_.unread;
    } else if (!right.where.empty()) {
        user.administrator_by = right.where + " asks for a password, and the account has none";
    }
}

}  // namespace

void collect_users(const Host& host, const SshReading& ssh, std::int64_t today, Facts& facts) {
    auto& access = facts.access;
    const auto accounts = read_accounts(host.files);
    if (!accounts) {
        access.users = std::unexpected(accounts.error());
        return;
    }
    const auto sudo = read_sudo(host.files);
    const auto first_regular = first_regular_uid(host, facts);
    std::vector<const PasswdEntry*> candidates;
    for (const auto& entry : accounts->passwd.entries)
        if (entry.uid == 0) candidates.push_back(&entry);
    for (const auto& entry : accounts->passwd.entries)
        if (entry.uid != 0 && is_login_shell(entry.shell)) candidates.push_back(&entry);
    if (candidates.size() > kMostUsers) {
        access.users_left_out = static_cast<std::uint32_t>(candidates.size() - kMostUsers);
        candidates.resize(kMostUsers);
    }
    const Judge judge(host, facts, *accounts, ssh, sudo, today);
    std::vector<LoginUser> users;
    for (const auto* entry : candidates) {
        users.push_back(judge.judge(*entry));
        users.back().system_account =
            entry->uid != 0 && (entry->uid < first_regular ||
                                (entry->uid >= kFirstNobody && entry->uid <= kFirstNobody + 2));
    }
    access.users = std::move(users);
}

}  // namespace guestprep
