#!/bin/sh
# The file that is shipped, on kernels as old as those of RHEL 5 and SLES 11 (emulated).
set -eu
cd "$(dirname "$0")/../.."
./dev release
most=4194304 # bytes: what a file that is carried to every machine may weigh
size=$(stat -c %s build/release/guestprep)
[ "$size" -le $most ] || { echo "build/release/guestprep: $size bytes, more than $most" >&2; exit 1; }
tests/oldkernel/run.sh build/release/guestprep
