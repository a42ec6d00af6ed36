#!/bin/sh
# The short run of the lab: both controls and four faults on real machines.
set -eu
cd "$(dirname "$0")/../.."
exec ./dev lab --quick
