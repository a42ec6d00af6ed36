#!/bin/bash
# imports.sh PROGRAM.exe... : whether Server 2003 SP1 could load the programs. Wine cannot tell: it has every function of every Windows.
#
# Looks at the version of Windows that a program says it is for, and at each function that it imports: it has to be in imports.txt,
# the list of what somebody has looked up, and it may not be one that Windows' own headers declare only for later versions.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
allowed=$here/imports.txt
[ $# -gt 0 ] || { echo "usage: $0 PROGRAM.exe..." >&2; exit 3; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C

# declared WINDOWS_VERSION : the functions that the headers declare for a version.
declared() {
  printf '#include <%s.h>\n' winsock2 ws2tcpip windows winsvc lm iphlpapi netioapi shlobj shellapi setupapi wtsapi32 psapi \
    tlhelp32 winevt ntsecapi sddl aclapi userenv wincrypt bcrypt winhttp security winioctl winternl |
    i686-w64-mingw32-gcc-posix -E -P -x c -D_WIN32_WINNT="$1" -DWINVER="$1" -DSECURITY_WIN32 - | tr '\n' ' ' |
    grep -oE '__attribute__\(\(__stdcall__\)\) [A-Za-z_][A-Za-z0-9_]* ?\(' | awk '{print $2}' | tr -d '(' | sort -u
}
declared 0x0502 >"$scratch/old"
declared 0x0A00 >"$scratch/new"
comm -13 "$scratch/old" "$scratch/new" >"$scratch/later"
# A list that misses what everybody knows to be new would let everything pass.
for known in GetTickCount64 CreateSymbolicLinkW InitializeSRWLock; do
  grep -qx "$known" "$scratch/later" || { echo "imports: the headers do not say that $known is new" >&2; exit 1; }
done

failed=0
for program in "$@"; do
  x86_64-w64-mingw32-objdump -p "$program" >"$scratch/dump"
  awk '/DLL Name:/ {library = tolower($3)} /^\t[0-9a-f]+\t/ {print library, $3}' "$scratch/dump" | sort -u >"$scratch/imports"
  [ -s "$scratch/imports" ] || { echo "$program: no imports found" >&2; exit 1; }
  version=$(awk '/^MajorSubsystemVersion/ {a = $2} /^MinorSubsystemVersion/ {b = $2} END {print a * 100 + b}' "$scratch/dump")
  [ "$version" -le 502 ] || { echo "$program: is for Windows $version, later than 5.2"; failed=1; }
  late=$(cut -d' ' -f2 "$scratch/imports" | sort -u | comm -12 - "$scratch/later")
  [ -z "$late" ] || { echo "$program: imports what came after Server 2003:" $late; failed=1; }
  unknown=$(grep -v '^#' "$allowed" | sort -u | comm -13 - "$scratch/imports")
  [ -z "$unknown" ] || { printf '%s: imports what imports.txt does not know:\n%s\n' "$program" "$unknown"; failed=1; }
done
exit $failed
