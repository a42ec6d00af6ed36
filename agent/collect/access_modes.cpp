// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/access_parts.h"

namespace guestprep {
namespace {

bool writable_by_others(const FileInfo& info, const AccountOwner& owner) {
    if ((info.permissions & 02U) != 0) return true;
    if ((info.permissions & 020U) == 0) return false;
    return owner.private_gid == 0 || info.gid != owner.private_gid;
}

std::string octal(std::uint32_t permissions) {
    std::string out = "0000";
    for (std::size_t i = 4; i-- > 0; permissions >>= 3U)
        out[i] = static_cast<char>('0' + (permissions & 7U));
    return out;
}

}  // namespace

std::string strict_modes_trouble(const FileReader& files, const GuestPath& path,
                                 const AccountOwner& owner) {
    const auto real = files.resolve(path);
    const auto home = files.resolve(owner.home);
    if (!real) return real.error().message;
    for (auto place = *real;; place = place.parent()) {
        const auto info = files.info(place);
        if (!info) return info.error().message;
        if (info->uid != 0 && info->uid != owner.uid)
            return place.str() + " belongs to uid " + std::to_string(info->uid) + ", not to " +
                   owner.name + " or root";
        if (writable_by_others(*info, owner))
            return place.str() + " is writable by others than its owner (mode " +
                   octal(info->permissions) + ")";
        // sshd looks no higher than the home directory.
        if (place.str() == "/" || (home && place == *home)) return {};
    }
}

}  // namespace guestprep
