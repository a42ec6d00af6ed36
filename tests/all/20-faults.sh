#!/bin/sh
# Faults at the system calls of a whole fix: a full disk, a failing device, a power cut.
set -eu
cd "$(dirname "$0")/../.."
GUESTPREP=$PWD/build/dev/guestprep GUESTPREP_SOURCE=$PWD exec /usr/bin/python3 tests/e2e/faults.py Faults
