#!/bin/sh
# A minute of processor time for guests with damaged files, always the same ones, so that a change is
# to blame for what breaks. ./dev fuzz finds new ones, for as long as is wanted.
set -eu
cd "$(dirname "$0")/../.."
program=$PWD/build/dev/tests/guestprep_fuzz
work=$(mktemp -d)
cd "$work"
status=0
"$program" 700 1 > first 2>&1 &
first=$!
"$program" 700 2 > second 2>&1 &
second=$!
for process in "$first" "$second"; do wait "$process" || status=$?; done
cat first second
if [ "$status" != 0 ]; then
  echo "fuzz: ended with $status; the guest that did it is in $work: build/dev/tests/guestprep_fuzz $work/fuzz-input-*" >&2
  exit 1
fi
rm -r "$work"
