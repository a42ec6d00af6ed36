/* SPDX-License-Identifier: Apache-2.0
 *
 * mingw's thread library imports GetTickCount64, which came with Windows Vista: a program that names it in its import table does not
 * start on Server 2003. This stands in for the import itself, so it has to be linked as an object; an archive's member would lose
 * against kernel32's import library. It is the only such function: tests/windows/imports.sh looks.
 */
#include <windows.h>

typedef ULONGLONG(WINAPI *Tick64)(void);

/* Milliseconds since the start. The high half is counted here: wrong only if nobody asks for 49 days. */
static ULONGLONG WINAPI ticks_by_hand(void) {
    static volatile LONG last, wraps;
    const LONG now = (LONG)GetTickCount();
    const LONG before = InterlockedExchange(&last, now);
    LONG high = wraps;
    /* A clock that seems to go back by less than half its range is another thread's newer answer. */
    if ((DWORD)now < (DWORD)before && (DWORD)before - (DWORD)now > 0x80000000u)
        high = InterlockedIncrement(&wraps);
    return ((ULONGLONG)(DWORD)high << 32) | (DWORD)now;
}

static ULONGLONG WINAPI ticks(void) {
    static Tick64 real;
    if (real == NULL) {
        const HMODULE kernel = GetModuleHandleA("kernel32.dll");
        const Tick64 found =
            kernel != NULL ? (Tick64)(ULONG_PTR)GetProcAddress(kernel, "GetTickCount64") : NULL;
        real = found != NULL ? found : ticks_by_hand;
    }
    return real();
}

#ifdef __x86_64__
Tick64 import_of_GetTickCount64 __asm__("__imp_GetTickCount64") = ticks;
#else
Tick64 import_of_GetTickCount64 __asm__("__imp__GetTickCount64@0") = ticks;
#endif
