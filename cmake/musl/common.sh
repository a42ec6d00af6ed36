# shellcheck shell=bash
# Shared by build_toolchain.sh and build_libraries.sh: the cache, and the distribution's source packages.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${GUESTPREP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/guestprep}
clang=19

say() { printf 'musl: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# packages.txt is the one list of what the release file is made with; sources are fetched besides.
require_packages() {
  local missing
  missing=$(LC_ALL=C xargs <"$here/packages.txt" dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>&1 |
    sed -n 's/^dpkg-query: no packages found matching \(.*\)/\1/p; s/ not-installed$//p; s/ config-files$//p' | sort -u | tr '\n' ' ')
  [ -z "$missing" ] || die "missing packages, install them with: apt-get install $missing"
}

# quietly COMMAND... : shows what the command printed only if it fails.
quietly() {
  local log
  log=$(mktemp "$cache/log.XXXXXX")
  "$@" >"$log" 2>&1 || { tail -n 40 "$log" >&2; die "$1 failed; everything it printed: $log"; }
  rm -f "$log"
}

# One user of the cache at a time; the others wait and then find it filled.
lock_cache() {
  mkdir -p "$cache"
  exec 9>"$cache/lock"
  flock -n 9 || { say "waiting for another build that fills $cache"; flock 9; }
  rm -rf "$cache"/*.partial "$cache"/sources/*.partial "$cache"/log.* # what interrupted runs left
}

version_of() { dpkg-query -W -f '${Package}=${Version}\n' "$@"; }

# key FILE... : names a result by everything that went into it; what standard input says (versions) counts too.
key() { { cat; cat "$@"; } | sha256sum | cut -c1-16; }

# A copy of the machine's package sources that asks for source packages, in a folder of our own: /etc/apt is never edited, and
# whatever mirror, key and proxy the machine uses is used here as well.
prepare_apt() {
  local apt=$cache/apt file
  [ ! -e "$apt/ready.$$" ] || return 0
  rm -rf "$apt"
  mkdir -p "$apt/sources" "$apt/lists/partial" "$apt/archives/partial"
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ ! -r "$file" ] || sed -En 's/^[[:space:]]*deb(-src)?([[:space:]])/deb-src\2/p' "$file" | sort -u >"$apt/sources/$(basename "$file" .list).list"
  done
  for file in /etc/apt/sources.list.d/*.sources; do
    [ ! -r "$file" ] || sed 's/^[Tt]ypes:.*/Types: deb-src/' "$file" >"$apt/sources/$(basename "$file")"
  done
  # The hooks of the machine's own configuration tidy and index *its* lists: not ours to run, and not possible without root.
  cat >"$apt/apt.conf" <<CONF
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$apt/sources";
Dir::State::lists "$apt/lists";
Dir::Cache "$apt";
APT::Sandbox::User "$(id -un)";
CONF
  say "reading the distribution's list of source packages"
  apt-get -c "$apt/apt.conf" -qq update >&2
  touch "$apt/ready.$$"
}

# fetch_source BINARY_PACKAGE : downloads the source that the installed package was built from (or, where the archive has only a
# newer one by now, that one) and prints the folder with its .dsc and archives.
fetch_source() {
  local name version folder
  read -r name version < <(dpkg-query -W -f '${source:Package} ${source:Version}\n' "$1")
  folder=$cache/sources/${name}_${version#*:}
  if [ ! -d "$folder" ]; then
    prepare_apt
    rm -rf "$folder.partial"
    mkdir -p "$folder.partial"
    say "downloading the source of $name $version"
    (cd "$folder.partial" && { apt-get -c "$cache/apt/apt.conf" -qq --download-only source "$name=$version" ||
      { say "the archive has another version by now, taking the newest"; apt-get -c "$cache/apt/apt.conf" -qq --download-only source "$name"; }; }) >&2
    mv "$folder.partial" "$folder"
  fi
  printf '%s\n' "$folder"
}
