#!/bin/bash
# run.sh PROGRAM_FOLDER TEST_FOLDER : the tests of one bitness, on a Windows of their own that is gone afterwards.
set -eEuo pipefail
trap 'echo "run.sh: line $LINENO: $BASH_COMMAND: exit code $?" >&2' ERR
here=$(cd "$(dirname "$0")" && pwd)
home=$("$here/prepare_wine.sh")
scratch=$(mktemp -d)
export WINEPREFIX=$scratch/prefix GUESTPREP_WINEPREFIX=$scratch/prefix
trap '/usr/lib/wine/wineserver64 -k 2>/dev/null || true; rm -rf "$scratch"' EXIT
# Files that nobody changes are shared with the prepared one; the registry and what the tests make are not.
cp -al "$home/prefix" "$WINEPREFIX"
rm -f "$WINEPREFIX"/*.reg
cp "$home/prefix"/*.reg "$WINEPREFIX"/
/usr/lib/wine/wineserver64 -p60 # a start is slow where none runs
mkdir "$WINEPREFIX/drive_c/tests"
cp "$1/guestprep.exe" "$2"/*.exe "$WINEPREFIX/drive_c/tests/"
cd "$WINEPREFIX/drive_c/tests"

failed=0
fail() { echo "FAILED: $*"; failed=1; }
wine() { timeout -k 10 "${limit:-60}" "$here/wine.sh" "$@"; }
# play WINDOWS : the next programs find themselves on that one. Not by winecfg, which is a program with windows.
play() { wine reg add 'HKCU\Software\Wine' /v Version /d "$1" /f >/dev/null; }

# unit WINDOWS VERSION [ARGS...] : Wine exits with 0 where it cannot start a program; Catch's own words count.
unit() {
  local said
  play "$1"
  said=$(GUESTPREP_PLAYED_WINDOWS=$2 limit=300 wine 'C:\tests\guestprep_windows_tests.exe' "${@:3}") || fail "the tests of platform/windows"
  grep -q 'All tests passed' <<<"$said" || { printf '%s\n' "$said"; fail "the tests of platform/windows as $1"; }
}

# says CODE PATTERN ARGS... : the exit code and a pattern in what the program prints, standard error included.
says() {
  local code=0 said
  said=$(wine 'C:\tests\guestprep.exe' "${@:3}" 2>&1) || code=$?
  [ "$code" = "$1" ] || fail "guestprep ${*:3}: exit code $code, not $1"
  grep -qE -- "$2" <<<"$said" || { printf '%s\n' "$said" | head -n 20; fail "guestprep ${*:3}: no /$2/ in it"; }
}

unit win10 10.0.18362
unit win2003 5.2.3790 'machine:*'
for windows in win2003 win10; do
  play "$windows"
  says 0 '^guestprep [0-9]+\.[0-9]+\.[0-9]+$' version
  says 0 '^linux-fstab-uuid .*warning|^linux-fstab-uuid ' list
  says 0 '"id": "linux-fstab-uuid"' list --report json
  says 0 '^linux-fstab-uuid   ' explain linux-fstab-uuid
  says 3 'unknown option --fstb' --fstb
  says 3 'unknown check "Größe 木"' explain 'Größe 木'
  says 3 'no-such.json: cannot be read' --facts 'C:\tests\no-such.json'
  says 3 'program for Windows' --root 'C:\'
  says 2 '^NOT DETERMINED' audit
  says 0 '"running": true' facts
  # A file with a name that the code page has not, written and read again.
  says 2 '^NOT DETERMINED' audit --report 'json=C:\tests\Bericht 木.json' --report text
  says 0 'NOT DETERMINED' render 'C:\tests\Bericht 木.json'
done
# A console gets characters, not bytes: Wine draws them on the terminal that script makes for it.
shown=$(script -qec "$here/wine.sh 'C:\\tests\\guestprep.exe' explain 'Größe 木'" /dev/null </dev/null) || true
grep -q 'unknown check "Größe 木"' <<<"$shown" || { printf '%s\n' "$shown"; fail "Unicode on a console"; }
# The same bytes as on Linux: no carriage returns.
wine 'C:\tests\guestprep.exe' facts >"$WINEPREFIX/drive_c/tests/facts.json"
! grep -q $'\r' "$WINEPREFIX/drive_c/tests/facts.json" || fail "carriage returns in what is written to a file"
for release in 2019 2003; do
  "$here/fix_undo.sh" $release || fail "fix and undo as $release"
done
exit $failed
