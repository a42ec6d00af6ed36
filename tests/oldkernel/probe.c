// SPDX-License-Identifier: Apache-2.0
// Names what the kernel can do, one word each: run under oldkernel it shows that the emulation bites. It uses no C library, since
// the machine's own would not start on an old kernel.
#define _GNU_SOURCE
#include <elf.h>
#include <fcntl.h>
#include <linux/stat.h>
#include <sys/socket.h>
#include <sys/syscall.h>

static long call(long number, long a, long b, long c, long d, long e) {
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
                     : "rcx", "r11", "memory");
    return result;
}

static void say(const char* word, int can) {
    long length = 0;
    while (word[length] != 0) ++length;
    if (can) call(SYS_write, 1, (long)word, length, 0, 0);
}

static int path_only(void) {  // what O_PATH opens cannot be read
    const long fd = call(SYS_openat, AT_FDCWD, (long)"/", O_PATH | O_DIRECTORY, 0, 0);
    char entries[1024];
    return fd >= 0 && call(SYS_getdents64, fd, (long)entries, sizeof entries, 0, 0) < 0;
}

static int has_entry(const long* stack, long entry) {
    stack += 1 + stack[0] + 1;
    while (*stack != 0) ++stack;
    for (++stack; stack[0] != AT_NULL; stack += 2)
        if (stack[0] == entry) return 1;
    return 0;
}

__attribute__((used)) static void probe(const long* stack) {
    long buffer[64];
    int pipes[2];
    say(" vdso", has_entry(stack, AT_SYSINFO_EHDR));
    say(" utimensat", call(SYS_utimensat, -1, (long)"", 0, 0, 0) != -38);
    say(" futex-private", call(SYS_futex, (long)buffer, 1 | 128, 1, 0, 0) >= 0);
    say(" mountinfo", call(SYS_openat, AT_FDCWD, (long)"/proc/self/mountinfo", O_RDONLY, 0, 0) >= 0);
    say(" pipe2", call(SYS_pipe2, (long)pipes, 0, 0, 0, 0) == 0);
    say(" sock-cloexec", call(SYS_socket, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, 0, 0) >= 0);
    say(" random-bytes", has_entry(stack, AT_RANDOM));
    say(" prlimit64", call(SYS_prlimit64, 0, 7, 0, (long)buffer, 0) == 0);
    say(" empty-path", call(SYS_newfstatat, 1, (long)"", (long)buffer, AT_EMPTY_PATH, 0) == 0);
    say(" o-path", path_only());
    say(" getrandom", call(SYS_getrandom, (long)buffer, 8, 0, 0, 0) == 8);
    say(" copy-range", call(SYS_copy_file_range, -1, 0, -1, 0, 0) != -38);
    say(" statx", call(SYS_statx, AT_FDCWD, (long)"/", 0, STATX_TYPE, (long)buffer) == 0);
    say("\n", 1);
    call(SYS_exit_group, 0, 0, 0, 0, 0);
}

__asm__(".globl _start\n_start:\n mov %rsp, %rdi\n and $-16, %rsp\n call probe\n");
