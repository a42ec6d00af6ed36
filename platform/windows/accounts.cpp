// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/accounts.h"

#include <windows.h>

#include <lm.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <optional>

#include "platform/windows/handles.h"
#include "platform/windows/system_error.h"
#include "platform/windows/wide_text.h"

namespace guestprep {
namespace {

constexpr DWORD kMostAccounts = 100'000;

struct BufferTraits {
    using Type = BYTE*;
    static Type none() { return nullptr; }
    static void close(Type buffer) { ::NetApiBufferFree(buffer); }
};
using Buffer = Owned<BufferTraits>;

std::unexpected<Error> refused(const char* what, NET_API_STATUS code) {
    return std::unexpected(windows_error(code).within(what));
}

std::string bytes_of(PSID sid) {
    return {static_cast<const char*>(sid), static_cast<std::size_t>(::GetLengthSid(sid))};
}

/// The SID that all local accounts begin with.
std::optional<std::string> machine_sid() {
    Buffer buffer;
    if (::NetUserModalsGet(nullptr, 2, buffer.out()) != NERR_Success || !buffer)
        return std::nullopt;
    auto* const sid = reinterpret_cast<USER_MODALS_INFO_2*>(buffer.get())->usrmod2_domain_id;
    if (sid == nullptr || ::IsValidSid(sid) == FALSE) return std::nullopt;
    return bytes_of(sid);
}

/// One more number at its end.
std::string account_sid(std::string machine, DWORD rid) {
    machine[1] = static_cast<char>(machine[1] + 1);
    for (int shift = 0; shift < 32; shift += 8) machine += static_cast<char>(rid >> shift & 0xff);
    return machine;
}

/// What Windows calls a built-in group here: "Administratoren".
std::optional<std::wstring> group_name(DWORD rid) {
    SID_IDENTIFIER_AUTHORITY authority = SECURITY_NT_AUTHORITY;
    PSID sid = nullptr;
    if (::AllocateAndInitializeSid(&authority, 2, SECURITY_BUILTIN_DOMAIN_RID, rid, 0, 0, 0, 0, 0,
                                   0, &sid) == FALSE)
        return std::nullopt;
    std::array<wchar_t, 512> name{};
    std::array<wchar_t, 512> domain{};
    DWORD size = name.size();
    DWORD domain_size = domain.size();
    SID_NAME_USE use{};
    const bool found = ::LookupAccountSidW(nullptr, sid, name.data(), &size, domain.data(),
                                           &domain_size, &use) != FALSE;
    ::FreeSid(sid);
    return found ? std::optional(std::wstring(name.data())) : std::nullopt;
}

/// SIDs of a group's direct members; nothing where that cannot be told.
std::optional<std::vector<std::string>> members_of(DWORD rid) {
    const auto name = group_name(rid);
    if (!name) return std::nullopt;
    Buffer buffer;
    DWORD count = 0;
    DWORD total = 0;
    const auto code = ::NetLocalGroupGetMembers(nullptr, name->c_str(), 0, buffer.out(),
                                                MAX_PREFERRED_LENGTH, &count, &total, nullptr);
    if (code != NERR_Success || (count != 0 && !buffer)) return std::nullopt;
    std::vector<std::string> members;
    const auto* const entries = reinterpret_cast<const LOCALGROUP_MEMBERS_INFO_0*>(buffer.get());
    for (DWORD i = 0; i < count; ++i)
        if (entries[i].lgrmi0_sid != nullptr && ::IsValidSid(entries[i].lgrmi0_sid) != FALSE)
            members.push_back(bytes_of(entries[i].lgrmi0_sid));
    return members;
}

class Groups {
public:
    Groups()
        : machine_(machine_sid()),
          administrators_(members_of(DOMAIN_ALIAS_RID_ADMINS)),
          remote_users_(members_of(DOMAIN_ALIAS_RID_REMOTE_DESKTOP_USERS)) {}
    void place(LocalAccount& account) const {
        account.is_administrator = holds(administrators_, account.rid);
        account.is_remote_user = holds(remote_users_, account.rid);
    }

private:
    [[nodiscard]] Truth holds(const std::optional<std::vector<std::string>>& members,
                              std::uint64_t rid) const {
        if (!members || !machine_) return Truth::unknown;
        const auto sid = account_sid(*machine_, static_cast<DWORD>(rid));
        return std::ranges::find(*members, sid) != members->end() ? Truth::yes : Truth::no;
    }
    std::optional<std::string> machine_;
    std::optional<std::vector<std::string>> administrators_, remote_users_;
};

LocalAccount account_of(const USER_INFO_3& user, std::time_t now) {
    LocalAccount account;
    if (user.usri3_name != nullptr) account.name = narrow(user.usri3_name);
    account.rid = user.usri3_user_id;
    account.disabled = (user.usri3_flags & UF_ACCOUNTDISABLE) != 0;
    account.password_not_required = (user.usri3_flags & UF_PASSWD_NOTREQD) != 0;
    account.expired = user.usri3_acct_expires != TIMEQ_FOREVER && user.usri3_acct_expires != 0 &&
                      static_cast<std::time_t>(user.usri3_acct_expires) <= now;
    return account;
}

}  // namespace

Result<std::vector<LocalAccount>> WindowsAccounts::local_accounts() const {
    const auto now = std::time(nullptr);
    const Groups groups;
    std::vector<LocalAccount> accounts;
    DWORD resume = 0;
    for (;;) {
        Buffer buffer;
        DWORD count = 0;
        DWORD total = 0;
        const auto code = ::NetUserEnum(nullptr, 3, FILTER_NORMAL_ACCOUNT, buffer.out(),
                                        MAX_PREFERRED_LENGTH, &count, &total, &resume);
        if (code != NERR_Success && code != ERROR_MORE_DATA) return refused("NetUserEnum", code);
        const auto* const users = reinterpret_cast<const USER_INFO_3*>(buffer.get());
        for (DWORD i = 0; users != nullptr && i < count; ++i) {
            accounts.push_back(account_of(users[i], now));
            groups.place(accounts.back());
        }
        if (code == NERR_Success) break;
        if (count == 0 || accounts.size() > kMostAccounts)
            return failure(Errc::io, "NetUserEnum: does not come to an end");
    }
    // Every Windows has its Administrator and its Guest.
    if (accounts.empty()) return failure(Errc::io, "NetUserEnum: names no account");
    return accounts;
}

}  // namespace guestprep
