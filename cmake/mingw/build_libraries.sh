#!/bin/bash
# build_libraries.sh ARCHITECTURE DIR : puts static Windows builds (x86_64 or i686) of the program's libraries into DIR/include and
# DIR/lib. Each is compiled from the source of the very package that a Linux build uses; headers are linked to where the machine has
# them, one folder at a time: /usr/include itself would hide those of Windows.
set -euo pipefail
# The cache and the distribution's source packages are the same business as for the shipped Linux file.
# shellcheck source=../musl/common.sh
. "$(dirname "$0")/../musl/common.sh"
here=$(cd "$(dirname "$0")" && pwd)
say() { printf 'mingw: %s\n' "$*" >&2; }
[ $# = 2 ] || die "usage: $0 ARCHITECTURE DIR"
architecture=$1
mkdir -p "$2/include"
target=$(cd "$2" && pwd)

require_packages
boost=$(dpkg-query -S /usr/include/boost/version.hpp | cut -d: -f1)
key=$({ echo "$architecture"; version_of "g++-mingw-w64-${architecture//_/-}-posix" "$boost" libpugixml-dev | sort; } |
  key "$here/libraries/CMakeLists.txt" "$here/toolchain.cmake" "$here/../musl/common.sh" "$0")
saved=$cache/windows-libraries-$key

for name in boost fmt nlohmann catch2; do ln -sfn "/usr/include/$name" "$target/include/$name"; done
[ "$(cat "$target/.libraries" 2>/dev/null)" != "$key" ] || exit 0
lock_cache

unpack_sources() {
  local folder
  mkdir -p "$1/boost"
  folder=$(fetch_source "$boost") # 130 MB of which a dozen files are needed; the headers are those of the machine
  tar -xf "$folder"/*.orig.tar.* -C "$1/boost" --strip-components=1 --wildcards '*/libs/program_options/src/*'
  folder=$(fetch_source libpugixml-dev)
  dpkg-source --no-check --no-copy -x "$folder"/*.dsc "$1/pugixml" >/dev/null 2>&1 || die "cannot unpack $folder" # apt has checked it
}

if [ ! -d "$saved" ]; then
  started=$SECONDS
  work=$saved.partial
  rm -rf "$work"
  mkdir -p "$work"
  unpack_sources "$work/src"
  say "building the libraries for $architecture"
  quietly cmake -G Ninja -S "$here/libraries" -B "$work/build" -Wno-dev -DSOURCES="$work/src" -DCMAKE_BUILD_TYPE=MinSizeRel \
    -DCMAKE_TOOLCHAIN_FILE="$here/toolchain.cmake" -DGUESTPREP_MINGW_ARCHITECTURE="$architecture" -DGUESTPREP_MINGW="$target" \
    -DGUESTPREP_MINGW_AS_IS=ON -DCMAKE_INSTALL_PREFIX="$work/out"
  quietly ninja -C "$work/build" install
  printf '%s\n' "$key" >"$work/out/.libraries"
  mv "$work/out" "$saved"
  rm -rf "$work"
  say "libraries built in $((SECONDS - started)) s"
fi
cp -r "$saved/." "$target/"
