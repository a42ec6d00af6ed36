// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/collect/access_parts.h"

namespace guestprep {
namespace {

constexpr std::uint32_t kRead = 4, kSearch = 1;

std::string octal(std::uint32_t permissions) {
    std::string out = "0000";
    for (std::size_t i = 4; i-- > 0; permissions >>= 3U)
        out[i] = static_cast<char>('0' + (permissions & 7U));
    return out;
}

bool writable_by_others(const FileInfo& info, const AccountOwner& owner) {
    if ((info.permissions & 02U) != 0) return true;
    if ((info.permissions & 020U) == 0) return false;
    return owner.private_gid == 0 || info.gid != owner.private_gid;
}

/// May the account read the file or pass the folder? The group's bits are the upper limit of what
/// an access control list can give, and the list itself is not looked at.
Truth may_use(const FileInfo& info, const AccountOwner& owner, std::uint32_t bit) {
    if (owner.uid == 0) return Truth::yes;
    const auto granted = [&](unsigned shift) { return (info.permissions >> shift & bit) != 0; };
    if (info.uid == owner.uid) return granted(6) ? Truth::yes : Truth::no;
    const bool in_group = std::ranges::find(owner.gids, info.gid) != owner.gids.end();
    if (granted(in_group ? 3 : 0)) return Truth::yes;
    return granted(3) ? Truth::unknown : Truth::no;
}

/// Follows a key file up to the root and notes what sshd stumbles over first.
class Walk {
public:
    Walk(const AccountOwner& owner, bool strict_modes)
        : owner_(owner), strict_modes_(strict_modes) {}

    /// `in_home`: the home directory or something in it; `own`: in it, and not itself.
    void look_at(const GuestPath& path, const FileInfo& info, bool in_home, bool own,
                 bool strict_here) {
        KeyPlace place{.path = path.str(),
                       .permissions = info.permissions,
                       .uid = info.uid,
                       .gid = info.gid,
                       .wanted_permissions = info.permissions,
                       .wanted_uid = info.uid};
        if (strict_modes_ && strict_here) {
            if (info.uid != 0 && info.uid != owner_.uid)
                // Whoever that is could have put keys of his own into it.
                blame(path.str() + " belongs to uid " + std::to_string(info.uid) + ", not to " +
                          owner_.name + " or root",
                      false);
            if (writable_by_others(info, owner_)) {
                blame(path.str() + " is writable by others than its owner (mode " +
                          octal(info.permissions) + ")",
                      in_home);
                place.wanted_permissions &= ~022U;
            }
        }
        const auto bit = info.kind == FileKind::directory ? kSearch : kRead;
        const auto usable = may_use(info, owner_, bit);
        if (usable == Truth::no) {
            blame(owner_.name + " may not " + (bit == kRead ? "read " : "enter ") + path.str() +
                      " (owner uid " + std::to_string(info.uid) + ", mode " +
                      octal(info.permissions) + ")",
                  info.uid == owner_.uid ? in_home : own && info.uid == 0);
            place.wanted_uid = owner_.uid;
            place.wanted_permissions |= bit << 6U;
        } else if (usable == Truth::unknown && trust_.doubt.empty()) {
            trust_.doubt = "only an access control list could let " + owner_.name +
                           (bit == kRead ? " read " : " enter ") + path.str() +
                           ", and those are not looked at";
        }
        if (place.wanted_permissions != place.permissions || place.wanted_uid != place.uid)
            trust_.mendable.push_back(std::move(place));
    }
    void cannot_see(const Error& error) {
        may_mend_ = false;
        if (trust_.doubt.empty()) trust_.doubt = error.message;
    }

    [[nodiscard]] KeyFileTrust result() && {
        if (!may_mend_) trust_.mendable.clear();
        return std::move(trust_);
    }

private:
    void blame(std::string why, bool mendable) {
        if (trust_.trouble.empty()) trust_.trouble = std::move(why);
        may_mend_ = may_mend_ && mendable;
    }

    const AccountOwner& owner_;
    bool strict_modes_;
    bool may_mend_ = true;
    KeyFileTrust trust_;
};

}  // namespace

KeyFileTrust trust_in_key_file(const FileReader& files, const GuestPath& path,
                               const AccountOwner& owner, bool strict_modes) {
    Walk walk(owner, strict_modes);
    const auto real = files.resolve(path);
    const auto home = files.resolve(owner.home);
    if (!real) {
        walk.cannot_see(real.error());
        return std::move(walk).result();
    }
    const bool is_in_home =
        home && home->str() != "/" && real->str().starts_with(home->str() + "/");
    // sshd looks no higher than the home directory, if it gets there.
    bool below_home = is_in_home, strict_here = true;
    for (auto place = *real;; place = place.parent()) {
        const bool is_home = is_in_home && place == *home;
        const auto info = files.info(place);
        if (info)
            walk.look_at(place, *info, below_home, below_home && !is_home, strict_here);
        else
            walk.cannot_see(info.error());
        if (place.str() == "/") return std::move(walk).result();
        if (is_home) below_home = strict_here = false;
    }
}

}  // namespace guestprep
