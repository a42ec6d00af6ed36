#!/bin/bash
# run.sh PROGRAM : runs the release file under emulated old kernels and compares with what it says on this kernel.
# Needs cc and cmake (which reads the JSON). One line per kernel; any other line is a failure, and so is the exit code.
set -euo pipefail
[ $# = 1 ] && [ -x "$1" ] || { echo "usage: $0 PROGRAM" >&2; exit 2; }
program=$(readlink -f "$1")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() { echo "FAIL $*"; failures=$((failures + 1)); }

# What probe.c must find: the list of what each kernel has is written here a second time on purpose.
declare -A abilities=(
  [2.6.18]=""
  [2.6.32]=" vdso utimensat futex-private mountinfo pipe2 sock-cloexec random-bytes"
  [3.10]=" vdso utimensat futex-private mountinfo pipe2 sock-cloexec random-bytes prlimit64 empty-path o-path"
  [4.4]=" vdso utimensat futex-private mountinfo pipe2 sock-cloexec random-bytes prlimit64 empty-path o-path getrandom"
)

build_emulator() {
  cc -O1 -Wall -Wextra -Werror -o "$work/oldkernel" "$here/oldkernel.c"
  cc -O1 -Wall -Wextra -Werror -nostdlib -static -fno-pie -no-pie -fno-stack-protector -o "$work/probe" "$here/probe.c"
}

make_small_root() {
  mkdir -p "$1"/{etc/ssh,etc/network,boot/grub,usr/bin,lib,var}
  printf 'NAME="Debian GNU/Linux"\nID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n' >"$1/etc/os-release"
  printf '/dev/sda1 / ext4 defaults 0 1\nUUID=9f6a3b1c-0000-4000-8000-000000000001 /boot ext4 defaults 0 2\n' >"$1/etc/fstab"
  printf 'Port 22\nPermitRootLogin no\nPasswordAuthentication yes\n' >"$1/etc/ssh/sshd_config"
  printf 'auto eth0\niface eth0 inet static\n  address 192.168.7.9/24\n' >"$1/etc/network/interfaces"
  printf 'root:x:0:0::/root:/bin/sh\nadmin:x:1000:1000::/home/admin:/bin/sh\n' >"$1/etc/passwd"
  printf 'small\n' >"$1/etc/hostname"
  ln -s /etc/hostname "$1/etc/alias"
}

# The one way a run may differ from another: when it was and how long it took.
steady() { sed -E '/"(started|duration_ms)":/d' "$1"; }

# The IDs of a report's findings and their number; fails where the text is no report.
identifiers() { cmake -DFILE="$1" -P "$here/identifiers.cmake" 2>&1; }

# attempt KERNEL NAME ARGUMENT... : keeps output and exit code; "none" is this machine's own kernel.
attempt() {
  local kernel=$1 name=$2 code=0 emulate=()
  shift 2
  [ "$kernel" = none ] || emulate=("$work/oldkernel" "$kernel")
  timeout 120 "${emulate[@]}" "$program" "$@" >"$work/$kernel.$name" 2>"$work/$kernel.$name.err" </dev/null || code=$?
  echo "$code" >"$work/$kernel.$name.code"
  [ "$code" -le 2 ] || fail "kernel $kernel: $name: exit code $code: $(tail -n 3 "$work/$kernel.$name.err")"
}

attempt_all() {
  attempt "$1" version --version
  attempt "$1" list list --format json
  attempt "$1" root audit --root "$work/root" --report json
  attempt "$1" live audit --report json
}

compare() {
  local kernel=$1 name
  for name in version list root; do
    diff <(steady "$work/none.$name") <(steady "$work/$kernel.$name") >"$work/diff" ||
      fail "kernel $kernel: $name differs from this kernel's: $(head -n 20 "$work/diff")"
    cmp -s "$work/none.$name.code" "$work/$kernel.$name.code" || fail "kernel $kernel: $name: another exit code than here"
  done
  [ "$(identifiers "$work/$kernel.live")" = "$(identifiers "$work/none.live")" ] ||
    fail "kernel $kernel: audit: not the same checks as here: $(identifiers "$work/$kernel.live" | head -n 5)"
}

build_emulator
make_small_root "$work/root"
attempt_all none
ids=$(identifiers "$work/none.live") || { fail "no report on this kernel: $ids"; exit 1; }
for kernel in 2.6.18 2.6.32 3.10 4.4; do
  before=$failures
  can=$("$work/oldkernel" "$kernel" "$work/probe") || fail "kernel $kernel: the emulation does not work here"
  [ "$can" = "${abilities[$kernel]}" ] || fail "kernel $kernel: emulated with:$can"
  attempt_all "$kernel"
  compare "$kernel"
  [ "$before" != "$failures" ] || echo "ok   kernel $kernel: ${ids##*$'\n'}, live audit exit $(cat "$work/$kernel.live.code")"
done
[ "$failures" = 0 ]
