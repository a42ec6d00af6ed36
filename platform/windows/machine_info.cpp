// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/machine_info.h"

#include <windows.h>

#include <array>

#include "platform/any/processor.h"
#include "platform/windows/late_function.h"
#include "platform/windows/wide_text.h"

namespace guestprep {
namespace {

std::string version() {
    // GetVersionEx tells a program that has no manifest for this Windows about an older one.
    const auto ask = late_function<LONG WINAPI(OSVERSIONINFOW*)>(L"ntdll", "RtlGetVersion");
    OSVERSIONINFOW info{};
    info.dwOSVersionInfoSize = sizeof info;
    if (ask == nullptr || ask(&info) != 0) return {};
    return std::to_string(info.dwMajorVersion) + "." + std::to_string(info.dwMinorVersion) + "." +
           std::to_string(info.dwBuildNumber);
}

/// Named as uname names them.
std::string architecture_of(WORD processor) {
    constexpr WORD kArm64 = 12;
    switch (processor) {
        case PROCESSOR_ARCHITECTURE_AMD64:
            return "x86_64";
        case PROCESSOR_ARCHITECTURE_INTEL:
            return "i386";
        case PROCESSOR_ARCHITECTURE_IA64:
            return "ia64";
        case kArm64:
            return "aarch64";
        default:
            return {};
    }
}

std::string native_architecture() {
    // An emulated program on ARM is told by GetNativeSystemInfo that it runs on its own processor.
    using Ask = BOOL WINAPI(HANDLE, USHORT*, USHORT*);
    constexpr USHORT kArm64Machine = 0xAA64;
    USHORT process = 0;
    USHORT machine = 0;
    if (const auto ask = late_function<Ask>(L"kernel32", "IsWow64Process2");
        ask != nullptr && ask(::GetCurrentProcess(), &process, &machine) != FALSE &&
        machine == kArm64Machine)
        return "aarch64";
    SYSTEM_INFO info{};
    ::GetNativeSystemInfo(&info);
    return architecture_of(info.wProcessorArchitecture);
}

std::string host_name() {
    std::array<wchar_t, 256> name{};
    DWORD size = name.size();
    if (::GetComputerNameExW(ComputerNamePhysicalDnsHostname, name.data(), &size) == FALSE ||
        size == 0) {
        size = name.size();
        if (::GetComputerNameW(name.data(), &size) == FALSE) return {};
    }
    return narrow({name.data(), size});
}

std::string firmware() {
    enum Type : int { kUnknown, kBios, kUefi };
    int type = kUnknown;
    if (const auto ask = late_function<BOOL WINAPI(int*)>(L"kernel32", "GetFirmwareType");
        ask != nullptr && ask(&type) != FALSE && type != kUnknown)
        return type == kUefi ? "uefi" : "bios";
    // Before Windows 8: a BIOS has no variables, and Windows says that it has no such function.
    // UEFI has none of this name; without the privilege neither is told.
    using Ask = DWORD WINAPI(const wchar_t*, const wchar_t*, void*, DWORD);
    const auto ask = late_function<Ask>(L"kernel32", "GetFirmwareEnvironmentVariableW");
    if (ask == nullptr) return {};
    std::array<char, 4> nothing{};
    if (ask(L"", L"{00000000-0000-0000-0000-000000000000}", nothing.data(), nothing.size()) != 0)
        return {};
    switch (::GetLastError()) {
        case ERROR_INVALID_FUNCTION:
            return "bios";
        case ERROR_NOACCESS:
            return "uefi";
        default:
            return {};
    }
}

}  // namespace

MachineInfo live_machine_info() {
    MachineInfo machine;
    machine.kernel_release = version();
    machine.architecture = native_architecture();
    machine.hostname = host_name();
    machine.firmware = firmware();
    ask_processor(machine);
    return machine;
}

bool running_as_administrator() {
    SID_IDENTIFIER_AUTHORITY authority = SECURITY_NT_AUTHORITY;
    PSID administrators = nullptr;
    if (::AllocateAndInitializeSid(&authority, 2, SECURITY_BUILTIN_DOMAIN_RID,
                                   DOMAIN_ALIAS_RID_ADMINS, 0, 0, 0, 0, 0, 0,
                                   &administrators) == FALSE)
        return false;
    BOOL member = FALSE;
    const bool answered = ::CheckTokenMembership(nullptr, administrators, &member) != FALSE;
    ::FreeSid(administrators);
    return answered && member != FALSE;
}

}  // namespace guestprep
