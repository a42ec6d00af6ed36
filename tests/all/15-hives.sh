#!/bin/sh
# Our reader of registry hives against hivex, value by value, on every hive of the collection.
set -eu
cd "$(dirname "$0")/../.."
if [ ! -d "${GUESTPREP_FIXTURES:-../shared/fixtures}/windows-hives" ]; then
  echo "15-hives: left out, there is no collection of hives beside this tree"
  exit 0
fi
command -v hivexml >/dev/null && command -v reglookup >/dev/null || {
  as_root=
  [ "$(id -u)" = 0 ] || as_root=sudo
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q --no-install-recommends libhivex-bin reglookup >/dev/null
}
exec /usr/bin/python3 tests/tools/compare_hives.py build/dev/tests/guestprep_hive_dump \
  "${GUESTPREP_FIXTURES:-../shared/fixtures}/windows-hives"
