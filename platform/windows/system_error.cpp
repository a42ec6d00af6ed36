// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/system_error.h"

#include <windows.h>

namespace guestprep {
namespace {

constexpr DWORD kElevationRequired = 740;  // not declared for Server 2003, which never says it

Errc kind_of(DWORD code) {
    switch (code) {
        case ERROR_FILE_NOT_FOUND:
        case ERROR_PATH_NOT_FOUND:
        case ERROR_INVALID_DRIVE:
        case ERROR_INVALID_NAME:
        case ERROR_BAD_PATHNAME:
        case ERROR_BAD_NET_NAME:
        case ERROR_BAD_NETPATH:
        case ERROR_KEY_DELETED:
        case ERROR_FILENAME_EXCED_RANGE:
            return Errc::not_found;
        case ERROR_ACCESS_DENIED:
        case ERROR_SHARING_VIOLATION:
        case ERROR_LOCK_VIOLATION:
        case ERROR_PRIVILEGE_NOT_HELD:
        case kElevationRequired:
        case ERROR_WRITE_PROTECT:
            return Errc::access_denied;
        case ERROR_DIRECTORY:
            return Errc::wrong_type;
        case ERROR_SEM_TIMEOUT:
        case WAIT_TIMEOUT:
            return Errc::timed_out;
        case ERROR_INVALID_FUNCTION:
        case ERROR_NOT_SUPPORTED:
        case ERROR_CALL_NOT_IMPLEMENTED:
            return Errc::unsupported;
        default:
            return Errc::io;
    }
}

const char* words_for(DWORD code) {
    switch (code) {
        case ERROR_SHARING_VIOLATION:
        case ERROR_LOCK_VIOLATION:
            return "in use by another program";
        case ERROR_NOT_READY:
            return "the drive is not ready";
        case ERROR_CRC:
            return "the disk reports a read error";
        case ERROR_DISK_FULL:
            return "no space left";
        default:
            break;
    }
    switch (kind_of(code)) {
        case Errc::not_found:
            return "not there";
        case Errc::access_denied:
            return "access denied";
        case Errc::wrong_type:
            return "not a directory";
        case Errc::timed_out:
            return "no answer";
        case Errc::unsupported:
            return "this Windows or its driver cannot do it";
        default:
            return "failed";
    }
}

}  // namespace

Error windows_error(unsigned long code) {
    return {kind_of(code),
            std::string(words_for(code)) + " (Windows error " + std::to_string(code) + ")"};
}

}  // namespace guestprep
