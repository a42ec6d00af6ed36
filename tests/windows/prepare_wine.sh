#!/bin/bash
# prepare_wine.sh : makes what wine.sh runs programs with, once: the 32-bit side of the machine's Wine, and a Windows of the tests' own.
#
# Debian has the 32-bit side as a package of another architecture. Its Windows files are all that a 64-bit Wine of today needs to
# run 32-bit programs, so they are taken out of the package; the machine's own list of architectures is left alone.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${GUESTPREP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/guestprep}
say() { printf 'wine: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

[ -x /usr/lib/wine/wine64 ] || die "missing packages, install them with: apt-get install $(tr '\n' ' ' <"$here/packages.txt")"
version=$(dpkg-query -W -f '${Version}' libwine:amd64)
home=$cache/wine-$version
mkdir -p "$cache"
exec 9>"$cache/wine.lock"
flock 9

# fetch_windows_files DIR : the i386 package of the same version, from the mirror that the machine has its own from, checked
# against the distribution's keys.
fetch_windows_files() {
  local apt=$1/apt link codename
  link=$(apt-get download --print-uris "libwine:amd64=$version" | sed -n "s/^'\([^']*\)\/pool\/.*/\1/p")
  [ -n "$link" ] || die "no package source has libwine $version any more; update the machine's Wine"
  codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  mkdir -p "$apt"/{lists/partial,archives/partial,parts}
  printf 'deb [arch=i386 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' "$link" "$codename" >"$apt/parts/i386.list"
  local options=(-qq -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$apt/parts" -o Dir::State::lists="$apt/lists"
    -o Dir::State::status=/dev/null -o Dir::Cache="$apt" -o APT::Architecture=i386 -o APT::Architectures::=i386
    -o APT::Update::Post-Invoke::= -o APT::Update::Post-Invoke-Success::= -o APT::Sandbox::User="$(id -un)")
  apt-get "${options[@]}" update
  (cd "$apt" && apt-get "${options[@]}" download "libwine=$version")
  mkdir -p "$1/dlls"
  dpkg-deb --fsys-tarfile "$apt"/libwine_*_i386.deb |
    tar -x -C "$1/dlls" --strip-components=5 ./usr/lib/i386-linux-gnu/wine/i386-windows
  rm -rf "$apt"
  ln -sfn /usr/lib/x86_64-linux-gnu/wine/x86_64-unix "$1/dlls/x86_64-unix"
  ln -sfn /usr/lib/x86_64-linux-gnu/wine/x86_64-windows "$1/dlls/x86_64-windows"
}

if [ ! -d "$home" ]; then
  rm -rf "$home.partial"
  mkdir -p "$home.partial"
  say "fetching the 32-bit side of Wine $version"
  fetch_windows_files "$home.partial"
  mv "$home.partial" "$home"
fi
if [ ! -e "$home/prefix/ready" ]; then
  say "making a Windows to test on"
  rm -rf "$home/prefix"
  WINEPREFIX=$home/prefix WINEDLLPATH=$home/dlls WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml=' DISPLAY='' \
    timeout 300 /usr/lib/wine/wine64 wineboot -i >/dev/null 2>&1 9>&- || die "Wine could not make its prefix"
  # The machine's root is no drive of the Windows that the tests see.
  rm -f "$home/prefix/dosdevices/z:"
  WINEPREFIX=$home/prefix /usr/lib/wine/wineserver64 -w 2>/dev/null 9>&- || true
  touch "$home/prefix/ready"
fi
printf '%s\n' "$home"
