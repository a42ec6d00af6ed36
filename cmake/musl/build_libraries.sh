#!/bin/bash
# build_libraries.sh DIR : puts static musl builds of the program's libraries into DIR/sysroot, after build_toolchain.sh DIR.
#
# The distribution's own archives are made for glibc, and libc++ has another ABI than libstdc++: each is compiled again, from the
# source of the very package that an ordinary build uses. Libraries that are only headers are linked to where the machine has them.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname "$0")/common.sh"
[ $# = 1 ] || die "usage: $0 DIR"
target=$(cd "$1" && pwd)
toolchain=$(cat "$target/sysroot/.toolchain" 2>/dev/null) || die "no toolchain in $1: build_toolchain.sh $1 comes first"

require_packages
boost=$(dpkg-query -S /usr/include/boost/version.hpp | cut -d: -f1)
declare -A package=([boost]=$boost [pugixml]=libpugixml-dev [util-linux]=libblkid-dev [zlib]=zlib1g-dev [xz-utils]=liblzma-dev
  [libzstd]=libzstd-dev [lz4]=liblz4-dev [bzip2]=libbz2-dev [libyaml]=libyaml-dev)
key=$({ echo "$toolchain"; version_of "${package[@]}" | sort; } | key "$here/common.sh" "$here/libraries/CMakeLists.txt" "$here/toolchain.cmake" "$0")
saved=$cache/libraries-$key
[ "$(cat "$target/sysroot/.libraries" 2>/dev/null)" != "$key" ] || exit 0
lock_cache

unpack_sources() {
  local name folder
  mkdir -p "$1"
  for name in "${!package[@]}"; do
    folder=$(fetch_source "${package[$name]}")
    if [ "$name" = boost ]; then # 130 MB of which a dozen files are needed; the headers are those of the machine
      mkdir "$1/boost"
      tar -xf "$folder"/*.orig.tar.* -C "$1/boost" --strip-components=1 --wildcards '*/libs/program_options/src/*'
    else # with the distribution's patches; apt has checked the signatures
      dpkg-source --no-check --no-copy -x "$folder"/*.dsc "$1/$name" >/dev/null 2>&1 || die "cannot unpack $folder"
    fi
  done
}

for name in boost fmt nlohmann; do ln -sfn "/usr/include/$name" "$target/sysroot/usr/include/$name"; done
if [ ! -d "$saved" ]; then
  started=$SECONDS
  work=$saved.partial
  rm -rf "$work"
  mkdir -p "$work"
  unpack_sources "$work/src"
  say "building the libraries: ${!package[*]}"
  quietly cmake -G Ninja -S "$here/libraries" -B "$work/build" -Wno-dev -DSOURCES="$work/src" -DCMAKE_BUILD_TYPE=MinSizeRel \
    -DCMAKE_TOOLCHAIN_FILE="$here/toolchain.cmake" -DGUESTPREP_MUSL="$target" -DGUESTPREP_MUSL_AS_IS=ON -DCMAKE_INSTALL_PREFIX="$work/out/usr"
  quietly ninja -C "$work/build" install
  printf '%s\n' "$key" >"$work/out/.libraries"
  mv "$work/out" "$saved"
  rm -rf "$work"
  say "libraries built in $((SECONDS - started)) s"
fi
say "putting the libraries into $target/sysroot"
cp -r "$saved/usr" "$target/sysroot/"
cp "$saved/.libraries" "$target/sysroot/"
