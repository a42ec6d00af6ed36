#!/bin/bash
# build_toolchain.sh DIR : makes DIR/sysroot (musl + LLVM's libc++, static) and the compilers DIR/bin/musl-clang and musl-clang++.
#
# Why: glibc's static programs do not start on the kernels of RHEL 5 and 6 (futex, fstat through AT_EMPTY_PATH); musl's do. The
# distribution has musl and clang but no C++ library for musl, so libc++ is built here from the distribution's own source package.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname "$0")/common.sh"
[ $# = 1 ] || die "usage: $0 DIR"
mkdir -p "$1"
target=$(cd "$1" && pwd)

require_packages
libgcc=$(dirname "$("clang-$clang" --rtlib=libgcc -print-libgcc-file-name)")
key=$({ version_of "clang-$clang" "lld-$clang" musl-dev linux-libc-dev; basename "$libgcc"; } | key "$here/common.sh" "$0")
saved=$cache/toolchain-$key
[ "$(cat "$target/sysroot/.toolchain" 2>/dev/null)" != "$key" ] || exit 0
lock_cache

unpack_llvm() {
  local folder
  folder=$(fetch_source "clang-$clang")
  say "unpacking the runtimes of LLVM"
  mkdir -p "$1"
  tar -xf "$folder"/*.orig.tar.xz -C "$1" --strip-components=1 --wildcards --no-wildcards-match-slash \
    --exclude '*/libcxx/test' '*/libcxx' '*/libcxxabi' '*/libunwind' '*/runtimes' '*/cmake' '*/llvm/cmake' '*/llvm/utils/llvm-lit'
}

copy_c_library() {
  local usr=$1/sysroot/usr
  mkdir -p "$usr/include" "$usr/lib" "$1/bin"
  cp -r /usr/include/x86_64-linux-musl/. "$usr/include/"
  cp -rL /usr/include/linux /usr/include/asm-generic /usr/include/x86_64-linux-gnu/asm "$usr/include/"
  cp /usr/lib/x86_64-linux-musl/*.[ao] "$usr/lib/"
  cp "$libgcc"/{libgcc.a,crtbeginT.o,crtend.o} "$usr/lib/"
}

# The options lie in a file beside the drivers, so that the folder can be moved. What old kernels have to load is kept plain: a
# fixed address (they map a position-independent program that names no interpreter at 0), and one writable segment (norelro: lld
# would put one before it that is zero-filled half-way; in a static program at a fixed address it protects some 300 bytes).
write_drivers() {
  cat >"$1/bin/musl.cfg" <<'CFG'
--target=x86_64-linux-musl
--sysroot=<CFGDIR>/../sysroot
-nostdinc++
-cxx-isystem <CFGDIR>/../sysroot/usr/include/c++/v1
-stdlib=libc++
-fuse-ld=lld
-static
-fno-pie
-no-pie
-Wl,-z,norelro
CFG
  local mode
  for mode in clang clang++; do
    printf '#!/bin/sh\nexec %s-%s --config="${0%%/*}/musl.cfg" "$@"\n' "$mode" "$clang" >"$1/bin/musl-$mode"
    chmod +x "$1/bin/musl-$mode"
  done
}

# The unwinder goes into libc++abi.a, that into libc++.a: one library to link. clang still asks for GCC's unwinder by its name.
build_runtimes() {
  local out=$1 source=$2 build=$3 flags="-ffunction-sections -fdata-sections -ffile-prefix-map=$2/="
  ar rcs "$out/sysroot/usr/lib/libgcc_eh.a"
  quietly cmake -G Ninja -S "$source/runtimes" -B "$build" -Wno-dev \
    -DCMAKE_BUILD_TYPE=MinSizeRel -DCMAKE_INSTALL_PREFIX="$build/install" -DCMAKE_TRY_COMPILE_TARGET_TYPE=STATIC_LIBRARY \
    -DCMAKE_C_COMPILER="$out/bin/musl-clang" -DCMAKE_CXX_COMPILER="$out/bin/musl-clang++" -DCMAKE_ASM_COMPILER="$out/bin/musl-clang" \
    -DCMAKE_C_FLAGS="$flags" -DCMAKE_CXX_FLAGS="$flags" -DLLVM_ENABLE_RUNTIMES="libunwind;libcxxabi;libcxx" -DLLVM_INCLUDE_TESTS=OFF \
    -DLIBUNWIND_ENABLE_SHARED=OFF -DLIBUNWIND_ENABLE_ASSERTIONS=OFF -DLIBUNWIND_INCLUDE_TESTS=OFF \
    -DLIBCXXABI_ENABLE_SHARED=OFF -DLIBCXXABI_ENABLE_ASSERTIONS=OFF -DLIBCXXABI_INCLUDE_TESTS=OFF -DLIBCXXABI_USE_LLVM_UNWINDER=ON -DLIBCXXABI_ENABLE_STATIC_UNWINDER=ON \
    -DLIBCXXABI_STATICALLY_LINK_UNWINDER_IN_STATIC_LIBRARY=ON -DLIBCXXABI_NON_DEMANGLING_TERMINATE=ON \
    -DLIBCXX_ENABLE_SHARED=OFF -DLIBCXX_INCLUDE_TESTS=OFF -DLIBCXX_INCLUDE_BENCHMARKS=OFF -DLIBCXX_HAS_MUSL_LIBC=ON -DLIBCXX_CXX_ABI=libcxxabi \
    -DLIBCXX_ENABLE_STATIC_ABI_LIBRARY=ON -DLIBCXX_HAS_ATOMIC_LIB=OFF -DLIBCXX_ENABLE_TIME_ZONE_DATABASE=OFF -DLIBCXX_HARDENING_MODE=fast
  # By way of a folder of its own: headers that appear in the sysroot half-way hide musl's from what is still to be compiled.
  quietly ninja -C "$build" install-cxx install-cxxabi install-unwind
  cp -r "$build/install/." "$out/sysroot/usr/"
}

# libc++ copies files with sendfile, which takes only sockets before 2.6.33, and sets file times with utimensat, which came with
# 2.6.22, and knows no other way. Under another name, a program that uses std::filesystem's copy, copy_file or last_write_time with
# a time does not link, instead of failing on RHEL 5 and 6.
forbid_new_kernel_calls() {
  local library=$1/sysroot/usr/lib/libc++.a names=$1/forbidden
  nm --defined-only "$library" 2>/dev/null | sed -En 's/.* T (_ZNSt3__1.*filesystem(6__copyE|11__copy_fileE|17__last_write_timeE.*time_point).*)/\1 forbidden_\1/p' >"$names"
  [ "$(wc -l <"$names")" = 3 ] || die "libc++ names its file operations otherwise than expected: $(cat "$names")"
  objcopy --redefine-syms="$names" "$library"
  rm "$names"
}

if [ ! -d "$saved" ]; then
  started=$SECONDS
  work=$saved.partial
  rm -rf "$work"
  mkdir -p "$work"
  unpack_llvm "$work/llvm"
  copy_c_library "$work/out"
  write_drivers "$work/out"
  say "building libunwind, libc++abi and libc++"
  build_runtimes "$work/out" "$work/llvm" "$work/build"
  forbid_new_kernel_calls "$work/out"
  printf '%s\n' "$key" >"$work/out/sysroot/.toolchain"
  mv "$work/out" "$saved"
  rm -rf "$work"
  say "toolchain built in $((SECONDS - started)) s"
fi
say "putting the toolchain into $target"
rm -rf "$target/sysroot" "$target/bin"
cp -r "$saved/bin" "$target/"
cp -r "$saved/sysroot" "$target/sysroot.partial"
mv "$target/sysroot.partial" "$target/sysroot"
