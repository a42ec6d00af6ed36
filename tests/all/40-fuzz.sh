#!/bin/sh
# A minute of processor time for guests with damaged files. ./dev fuzz goes on for as long as is wanted.
set -eu
cd "$(dirname "$0")/../.."
program=$PWD/build/dev/tests/guestprep_fuzz
work=$(mktemp -d)
cd "$work"
status=0
for one in first second; do "$program" 30 > "$one" 2>&1 & eval "$one=\$!"; done
# shellcheck disable=SC2154 # set by eval
for process in "$first" "$second"; do wait "$process" || status=$?; done
cat first second
if [ "$status" != 0 ]; then
  echo "fuzz: ended with $status; the guest that did it is in $work: build/dev/tests/guestprep_fuzz $work/fuzz-input-*" >&2
  exit 1
fi
rm -r "$work"
