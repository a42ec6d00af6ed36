// SPDX-License-Identifier: Apache-2.0
// oldkernel VERSION [-v] PROGRAM [ARGUMENT...]
//
// Runs PROGRAM as if the kernel were as old as VERSION: system calls that came later fail with ENOSYS, flags that came later are
// refused, or ignored, as that kernel did, and what it did not yet hand to a new program (vDSO, AT_RANDOM) or show in /proc is
// hidden. Programs that PROGRAM starts are left alone: on a real old system they are made for its kernel.
//
// A seccomp filter stops the few calls that may be too new; this process, which traces, decides. -v names each one it changes.
// Not modelled: what vendors ported back (RHEL 5 and 6 have more than their version says), and changes inside a call.
// x86-64 only. Exit code: that of PROGRAM, 128 + signal, or 125 when the emulation itself fails.
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define V(major, minor, patch) ((major) << 16 | (minor) << 8 | (patch))
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
enum { kFirstNewCall = 280 };  // move_pages, 279, came with 2.6.18, the oldest kernel that is emulated

// The system calls by the version that brought them (the tables of syscalls(2)). A number from 280 on that is not here is refused.
static const struct {
    int call;
    int since;
} kCalls[] = {
    {SYS_utimensat, V(2, 6, 22)},         {SYS_epoll_pwait, V(2, 6, 19)},       {SYS_signalfd, V(2, 6, 22)},
    {SYS_timerfd_create, V(2, 6, 25)},    {SYS_eventfd, V(2, 6, 22)},           {SYS_fallocate, V(2, 6, 23)},
    {SYS_timerfd_settime, V(2, 6, 25)},   {SYS_timerfd_gettime, V(2, 6, 25)},   {SYS_accept4, V(2, 6, 28)},
    {SYS_signalfd4, V(2, 6, 27)},         {SYS_eventfd2, V(2, 6, 27)},          {SYS_epoll_create1, V(2, 6, 27)},
    {SYS_dup3, V(2, 6, 27)},              {SYS_pipe2, V(2, 6, 27)},             {SYS_inotify_init1, V(2, 6, 27)},
    {SYS_preadv, V(2, 6, 30)},            {SYS_pwritev, V(2, 6, 30)},           {SYS_rt_tgsigqueueinfo, V(2, 6, 31)},
    {SYS_perf_event_open, V(2, 6, 31)},   {SYS_recvmmsg, V(2, 6, 33)},          {SYS_fanotify_init, V(2, 6, 37)},
    {SYS_fanotify_mark, V(2, 6, 37)},     {SYS_prlimit64, V(2, 6, 36)},         {SYS_name_to_handle_at, V(2, 6, 39)},
    {SYS_open_by_handle_at, V(2, 6, 39)}, {SYS_clock_adjtime, V(2, 6, 39)},     {SYS_syncfs, V(2, 6, 39)},
    {SYS_sendmmsg, V(3, 0, 0)},           {SYS_setns, V(3, 0, 0)},              {SYS_getcpu, V(3, 1, 0)},
    {SYS_process_vm_readv, V(3, 2, 0)},   {SYS_process_vm_writev, V(3, 2, 0)},  {SYS_kcmp, V(3, 5, 0)},
    {SYS_finit_module, V(3, 8, 0)},       {SYS_sched_setattr, V(3, 14, 0)},     {SYS_sched_getattr, V(3, 14, 0)},
    {SYS_renameat2, V(3, 15, 0)},         {SYS_seccomp, V(3, 17, 0)},           {SYS_getrandom, V(3, 17, 0)},
    {SYS_memfd_create, V(3, 17, 0)},      {SYS_kexec_file_load, V(3, 17, 0)},   {SYS_bpf, V(3, 18, 0)},
    {SYS_execveat, V(3, 19, 0)},          {SYS_userfaultfd, V(4, 3, 0)},        {SYS_membarrier, V(4, 3, 0)},
    {SYS_mlock2, V(4, 4, 0)},             {SYS_copy_file_range, V(4, 5, 0)},    {SYS_preadv2, V(4, 6, 0)},
    {SYS_pwritev2, V(4, 6, 0)},           {SYS_pkey_mprotect, V(4, 9, 0)},      {SYS_pkey_alloc, V(4, 9, 0)},
    {SYS_pkey_free, V(4, 9, 0)},          {SYS_statx, V(4, 11, 0)},             {SYS_io_pgetevents, V(4, 18, 0)},
    {SYS_rseq, V(4, 18, 0)},
};

// Arguments: a call whose argument has one of these bits (kBits), or is this value (kValue), came with `since`. Before that the
// kernel answered with `error`; with error 0 it ignored the bits.
enum Match { kBits, kValue };
static const struct Rule {
    int call, argument;
    enum Match match;
    unsigned long what;
    int since, error;
} kRules[] = {
    {SYS_open, 1, kBits, O_CLOEXEC, V(2, 6, 23), 0},
    {SYS_openat, 2, kBits, O_CLOEXEC, V(2, 6, 23), 0},
    {SYS_open, 1, kBits, O_PATH, V(2, 6, 39), 0},
    {SYS_openat, 2, kBits, O_PATH, V(2, 6, 39), 0},
    {SYS_open, 1, kBits, O_TMPFILE & ~O_DIRECTORY, V(3, 11, 0), 0},
    {SYS_openat, 2, kBits, O_TMPFILE & ~O_DIRECTORY, V(3, 11, 0), 0},
    {SYS_newfstatat, 3, kBits, AT_EMPTY_PATH, V(2, 6, 39), EINVAL},
    {SYS_newfstatat, 3, kBits, AT_NO_AUTOMOUNT, V(2, 6, 38), EINVAL},
    {SYS_fchownat, 4, kBits, AT_EMPTY_PATH, V(2, 6, 39), EINVAL},
    {SYS_linkat, 4, kBits, AT_EMPTY_PATH, V(2, 6, 39), EINVAL},
    {SYS_socket, 1, kBits, SOCK_CLOEXEC | SOCK_NONBLOCK, V(2, 6, 27), EINVAL},
    {SYS_socketpair, 1, kBits, SOCK_CLOEXEC | SOCK_NONBLOCK, V(2, 6, 27), EINVAL},
    {SYS_recvmsg, 2, kBits, MSG_CMSG_CLOEXEC, V(2, 6, 23), 0},
    {SYS_fcntl, 1, kValue, F_DUPFD_CLOEXEC, V(2, 6, 24), EINVAL},
    {SYS_fcntl, 1, kValue, F_SETPIPE_SZ, V(2, 6, 35), EINVAL},
    {SYS_fcntl, 1, kValue, F_GETPIPE_SZ, V(2, 6, 35), EINVAL},
    {SYS_fcntl, 1, kValue, F_OFD_GETLK, V(3, 15, 0), EINVAL},
    {SYS_fcntl, 1, kValue, F_OFD_SETLK, V(3, 15, 0), EINVAL},
    {SYS_fcntl, 1, kValue, F_OFD_SETLKW, V(3, 15, 0), EINVAL},
    {SYS_fcntl, 1, kValue, F_ADD_SEALS, V(3, 17, 0), EINVAL},
    {SYS_futex, 1, kBits, FUTEX_PRIVATE_FLAG, V(2, 6, 22), ENOSYS},
    {SYS_futex, 1, kBits, FUTEX_CLOCK_REALTIME, V(2, 6, 28), ENOSYS},
    {SYS_futex, 1, kValue, FUTEX_WAIT_BITSET, V(2, 6, 25), ENOSYS},
    {SYS_futex, 1, kValue, FUTEX_WAKE_BITSET, V(2, 6, 25), ENOSYS},
    {SYS_clone, 0, kBits, CLONE_NEWUTS | CLONE_NEWIPC, V(2, 6, 19), EINVAL},
    {SYS_clone, 0, kBits, CLONE_NEWPID | CLONE_NEWNET, V(2, 6, 24), EINVAL},
    {SYS_clone, 0, kBits, CLONE_NEWUSER, V(2, 6, 23), EINVAL},
    {SYS_clone, 0, kBits, CLONE_PIDFD, V(5, 2, 0), 0},
    {SYS_prctl, 0, kValue, PR_CAPBSET_READ, V(2, 6, 25), EINVAL},
    {SYS_prctl, 0, kValue, PR_SET_CHILD_SUBREAPER, V(3, 4, 0), EINVAL},
    {SYS_prctl, 0, kValue, PR_SET_NO_NEW_PRIVS, V(3, 5, 0), EINVAL},
    {SYS_clock_gettime, 0, kValue, CLOCK_MONOTONIC_RAW, V(2, 6, 28), EINVAL},
    {SYS_clock_gettime, 0, kValue, CLOCK_REALTIME_COARSE, V(2, 6, 32), EINVAL},
    {SYS_clock_gettime, 0, kValue, CLOCK_MONOTONIC_COARSE, V(2, 6, 32), EINVAL},
    {SYS_clock_gettime, 0, kValue, CLOCK_BOOTTIME, V(2, 6, 39), EINVAL},
    {SYS_madvise, 2, kValue, MADV_HUGEPAGE, V(2, 6, 38), EINVAL},
    {SYS_madvise, 2, kValue, MADV_DONTDUMP, V(3, 4, 0), EINVAL},
    {SYS_madvise, 2, kValue, MADV_FREE, V(4, 5, 0), EINVAL},
    {SYS_mmap, 3, kBits, MAP_FIXED_NOREPLACE, V(4, 17, 0), 0},
    {SYS_ioctl, 1, kValue, 0xC020660B /* FS_IOC_FIEMAP */, V(2, 6, 28), ENOTTY},
    {SYS_ioctl, 1, kValue, 0x40049409 /* FICLONE */, V(4, 5, 0), ENOTTY},
};

// What the kernel tells a new program beside its arguments.
static const struct {
    unsigned long entry;
    int since;
} kAuxiliary[] = {
    {AT_SYSINFO_EHDR, V(2, 6, 23)}, {AT_EXECFN, V(2, 6, 27)},     {AT_RANDOM, V(2, 6, 29)}, {AT_BASE_PLATFORM, V(2, 6, 28)},
    {AT_HWCAP2, V(3, 10, 0)},       {AT_MINSIGSTKSZ, V(5, 14, 0)}, {27 /* AT_RSEQ_FEATURE_SIZE */, V(6, 3, 0)},
    {28 /* AT_RSEQ_ALIGN */, V(6, 3, 0)},
};

// Files under /proc, known by their last name since programs may come to them by openat. {call, argument that holds the path}
static const struct {
    const char* name;
    int since;
} kFiles[] = {{"mountinfo", V(2, 6, 26)}, {"mountstats", V(2, 6, 17)}, {"uid_map", V(3, 5, 0)}};
static const int kPathCalls[][2] = {{SYS_open, 0},       {SYS_openat, 1}, {SYS_stat, 0},   {SYS_lstat, 0},
                                    {SYS_newfstatat, 1}, {SYS_access, 0}, {SYS_faccessat, 1}};

static const char* version_text;
static int version;
static int verbose;
static struct stat subject;  // the program under test

static void fail(const char* what) {
    fprintf(stderr, "oldkernel: %s: %s\n", what, strerror(errno));
    exit(125);
}

static int parse_version(const char* text) {
    int major = 0, minor = 0, patch = 0;
    if (sscanf(text, "%d.%d.%d", &major, &minor, &patch) < 2 || V(major, minor, patch) < V(2, 6, 18) ||
        V(major, minor, patch) > V(5, 0, 0))
        return -1;
    return V(major, minor, patch);
}

// --- the filter: stops what may be too new

static struct sock_filter filter[256];
static unsigned short filter_size;

static void add(unsigned short code, unsigned k, unsigned char if_true, unsigned char if_false) {
    filter[filter_size++] = (struct sock_filter){code, if_true, if_false, k};
}

static void stop_on(int call) {
    for (int i = 0; i + 1 < filter_size; ++i)
        if (filter[i].code == (BPF_JMP | BPF_JEQ | BPF_K) && filter[i].k == (unsigned)call) return;
    add(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call, 0, 1);
    add(BPF_RET | BPF_K, SECCOMP_RET_TRACE, 0, 0);
}

static void install_filter(void) {
    add(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr), 0, 0);
    add(BPF_JMP | BPF_JGE | BPF_K, kFirstNewCall, 0, 1);
    add(BPF_RET | BPF_K, SECCOMP_RET_TRACE, 0, 0);
    stop_on(SYS_uname);
    if (version < V(2, 6, 33)) stop_on(SYS_sendfile);
    for (size_t i = 0; i < COUNT(kRules); ++i)
        if (version < kRules[i].since) stop_on(kRules[i].call);
    for (size_t i = 0; i < COUNT(kPathCalls); ++i) stop_on(kPathCalls[i][0]);
    add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
    struct sock_fprog program = {filter_size, filter};
    // Root needs no such promise, and without it programs like sudo still work below.
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0) return;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) fail("seccomp");
}

// --- the tracer: decides

static int runs_subject(pid_t pid) {
    char link[64];
    struct stat status;
    snprintf(link, sizeof link, "/proc/%d/exe", (int)pid);
    return stat(link, &status) == 0 && status.st_dev == subject.st_dev && status.st_ino == subject.st_ino;
}

static unsigned long long* argument(struct user_regs_struct* registers, int number) {
    unsigned long long* const all[] = {&registers->rdi, &registers->rsi, &registers->rdx,
                                       &registers->r10, &registers->r8,  &registers->r9};
    return all[number];
}

static void skip_call(struct user_regs_struct* registers, long result) {
    registers->orig_rax = (unsigned long long)-1;
    registers->rax = (unsigned long long)result;
}

static int call_is_too_new(long call) {
    if (call < kFirstNewCall) return 0;
    for (size_t i = 0; i < COUNT(kCalls); ++i)
        if (kCalls[i].call == call) return version < kCalls[i].since;
    return 1;
}

static void read_text(pid_t pid, unsigned long long address, char* text, size_t size) {
    memset(text, 0, size);
    // A path at the end of a page is shorter than the buffer: read up to the page's end, then the rest where there is one.
    const size_t first = 4096 - address % 4096 < size - 1 ? 4096 - address % 4096 : size - 1;
    struct iovec here[2] = {{text, first}, {text + first, size - 1 - first}};
    struct iovec there[2] = {{(void*)address, first}, {(void*)(address + first), size - 1 - first}};
    if (process_vm_readv(pid, &here[0], 1, &there[0], 1, 0) == (ssize_t)first && !memchr(text, 0, first))
        process_vm_readv(pid, &here[1], 1, &there[1], 1, 0);
}

static int file_is_too_new(pid_t pid, struct user_regs_struct* registers) {
    for (size_t i = 0; i < COUNT(kPathCalls); ++i) {
        if (kPathCalls[i][0] != (int)registers->orig_rax) continue;
        char path[4096];
        read_text(pid, *argument(registers, kPathCalls[i][1]), path, sizeof path);
        const char* slash = strrchr(path, '/');
        for (size_t k = 0; k < COUNT(kFiles); ++k)
            if (version < kFiles[k].since && strcmp(slash ? slash + 1 : path, kFiles[k].name) == 0) return 1;
    }
    return 0;
}

static int writes_to_file(pid_t pid, unsigned long long descriptor) {
    char link[64];
    struct stat status;
    snprintf(link, sizeof link, "/proc/%d/fd/%llu", (int)pid, descriptor);
    return stat(link, &status) == 0 && S_ISREG(status.st_mode);
}

static void answer_uname(pid_t pid, struct user_regs_struct* registers) {
    struct utsname names;
    if (uname(&names) != 0) return;
    memset(names.release, 0, sizeof names.release);
    snprintf(names.release, sizeof names.release, "%s-emulated", version_text);
    struct iovec here = {&names, sizeof names}, there = {(void*)registers->rdi, sizeof names};
    const int written = process_vm_writev(pid, &here, 1, &there, 1, 0) == (ssize_t)sizeof names;
    skip_call(registers, written ? 0 : -EFAULT);
}

static int matches(const struct Rule* rule, struct user_regs_struct* registers) {
    if (version >= rule->since || rule->call != (int)registers->orig_rax) return 0;
    unsigned long long value = *argument(registers, rule->argument);
    if (rule->match == kBits) return (value & rule->what) != 0;
    if (rule->call == SYS_futex) value &= FUTEX_CMD_MASK;
    return (unsigned)value == (unsigned)rule->what;
}

// Changes the registers as the old kernel would have answered; returns what was done, or null.
static const char* decide(pid_t pid, struct user_regs_struct* registers) {
    const char* done = NULL;
    if (call_is_too_new((long)registers->orig_rax)) {
        skip_call(registers, -ENOSYS);
        return "no such call";
    }
    if (registers->orig_rax == SYS_uname) {
        answer_uname(pid, registers);
        return NULL;
    }
    if (version < V(2, 6, 33) && registers->orig_rax == SYS_sendfile && writes_to_file(pid, registers->rdi)) {
        skip_call(registers, -EINVAL);
        return "sends to sockets only";
    }
    if (file_is_too_new(pid, registers)) {
        skip_call(registers, -ENOENT);
        return "no such file";
    }
    for (size_t i = 0; i < COUNT(kRules); ++i) {
        if (!matches(&kRules[i], registers)) continue;
        if (kRules[i].error != 0) {
            skip_call(registers, -kRules[i].error);
            return "flag refused";
        }
        *argument(registers, kRules[i].argument) &= ~(unsigned long long)kRules[i].what;
        done = "flag ignored";
    }
    return done;
}

static void on_call(pid_t pid) {
    struct user_regs_struct registers;
    if (!runs_subject(pid) || ptrace(PTRACE_GETREGS, pid, 0, &registers) != 0) return;
    const long call = (long)registers.orig_rax;
    const char* done = decide(pid, &registers);
    if (verbose && done) fprintf(stderr, "oldkernel: call %ld: %s\n", call, done);
    if (ptrace(PTRACE_SETREGS, pid, 0, &registers) != 0 && errno != ESRCH) fail("PTRACE_SETREGS");
}

// A program has just been loaded: its stack holds argc, the arguments, the environment, and then pairs of entry and value.
static void on_exec(pid_t pid) {
    struct user_regs_struct registers;
    if (!runs_subject(pid) || ptrace(PTRACE_GETREGS, pid, 0, &registers) != 0) return;
    unsigned long address = registers.rsp;
    address += 8 * (1 + (unsigned long)ptrace(PTRACE_PEEKDATA, pid, address, 0) + 1);
    while (ptrace(PTRACE_PEEKDATA, pid, address, 0) != 0) address += 8;
    for (address += 8;; address += 16) {
        const unsigned long entry = (unsigned long)ptrace(PTRACE_PEEKDATA, pid, address, 0);
        if (entry == AT_NULL) return;
        for (size_t i = 0; i < COUNT(kAuxiliary); ++i)
            if (kAuxiliary[i].entry == entry && version < kAuxiliary[i].since) ptrace(PTRACE_POKEDATA, pid, address, AT_IGNORE);
    }
}

// What to hand to the tracee when it goes on: its signal, unless the stop was one of tracing.
static int on_stop(pid_t pid, int status) {
    const int signal = WSTOPSIG(status), event = status >> 16;
    if (event == PTRACE_EVENT_SECCOMP) on_call(pid);
    if (event == PTRACE_EVENT_EXEC) on_exec(pid);
    return event != 0 || signal == SIGSTOP || signal == SIGTRAP ? 0 : signal;
}

static int trace(pid_t program) {
    for (;;) {
        int status = 0;
        const pid_t pid = waitpid(-1, &status, __WALL);
        if (pid < 0 && errno == EINTR) continue;
        if (pid < 0) fail("waitpid");
        if (WIFSTOPPED(status)) {
            const int signal = on_stop(pid, status);
            if (ptrace(PTRACE_CONT, pid, 0, signal) != 0 && errno != ESRCH) fail("PTRACE_CONT");
        } else if (pid == program) {
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        }
    }
}

static pid_t start(char** command) {
    const pid_t pid = fork();
    if (pid < 0) fail("fork");
    if (pid == 0) {
        if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) fail("PTRACE_TRACEME");
        raise(SIGSTOP);
        install_filter();
        execv(command[0], command);
        fail(command[0]);
    }
    int status = 0;
    if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status)) exit(125);
    const long options = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                         PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL;
    if (ptrace(PTRACE_SETOPTIONS, pid, 0, options) != 0) fail("PTRACE_SETOPTIONS");
    if (ptrace(PTRACE_CONT, pid, 0, 0) != 0) fail("PTRACE_CONT");
    return pid;
}

int main(int count, char** arguments) {
    verbose = count > 2 && strcmp(arguments[2], "-v") == 0;
    char** const command = arguments + 2 + verbose;
    if (count < 3 + verbose || (version = parse_version(arguments[1])) < 0) {
        fprintf(stderr, "usage: oldkernel VERSION [-v] PROGRAM [ARGUMENT...]   VERSION from 2.6.18 to 5.0\n");
        return 125;
    }
    version_text = arguments[1];
    if (stat(command[0], &subject) != 0) fail(command[0]);
    return trace(start(command));
}
