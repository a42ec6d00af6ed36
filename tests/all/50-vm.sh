#!/bin/sh
# The short run of the lab: both controls and four faults on real machines, verdicts against what
# happens, with fix and undo. On a machine that is slow today fix and undo are left out, and that is
# said: the whole has to end within its time.
set -eu
cd "$(dirname "$0")/../.."
now=$(date +%s)
took=$((now - ${GUESTPREP_TESTS_BEGAN:-$now}))
if [ "$took" -gt 1140 ]; then
  echo "lab: the tests before this one took $((took / 60)) minutes: without fix and undo; ./dev lab --quick has them"
  exec ./dev lab --quick --no-fix
fi
exec ./dev lab --quick
