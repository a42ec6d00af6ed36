#!/bin/bash
# wine.sh PROGRAM.exe [ARGS...] : runs a Windows program of either bitness on the tests' own Windows (prepare_wine.sh), without a
# display. Wine says nothing and exits with 0 where it cannot start a 32-bit program: believe what was printed, not the exit code.
set -euo pipefail
home=$("$(dirname "$0")/prepare_wine.sh")
export WINEPREFIX=${GUESTPREP_WINEPREFIX:-$home/prefix} WINEDLLPATH=$home/dlls WINEDEBUG=${WINEDEBUG:--all}
unset DISPLAY
exec /usr/lib/wine/wine64 "$@"
