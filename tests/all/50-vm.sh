#!/bin/sh
# The short run of the lab: both controls and four faults on real machines, verdicts against what
# happens. `./dev lab --quick` adds fix and undo to each, which takes twice as long under emulation.
set -eu
cd "$(dirname "$0")/../.."
exec ./dev lab --quick --no-fix
