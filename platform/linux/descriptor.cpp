// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/descriptor.h"

#include <cerrno>
#include <system_error>

namespace guestprep {

Error system_error(int code) {
    switch (code) {
        case ENOENT:
        case ENOTDIR:
            return {Errc::not_found, "no such file"};
        case EACCES:
        case EPERM:
            return {Errc::access_denied, "permission denied"};
        case ELOOP:
            return {Errc::io, "too many levels of symbolic links"};
        case EISDIR:
            return {Errc::wrong_type, "is a directory"};
        default:
            return {Errc::io, std::generic_category().message(code)};
    }
}

}  // namespace guestprep
