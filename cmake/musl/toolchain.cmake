# Compiles the file that is shipped: clang, LLVM's libc++ and musl, all static, so that one file runs on any kernel since 2.6.18.
# The compiler and the libraries are built on first use (minutes) from the distribution's source packages, see build_toolchain.sh,
# and come from a cache afterwards (an instant).
get_filename_component(default_musl "${CMAKE_CURRENT_LIST_DIR}/../../build/musl" ABSOLUTE)
set(GUESTPREP_MUSL "${default_musl}" CACHE PATH "Where the compiler, libc++ and the libraries for musl are put")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES GUESTPREP_MUSL GUESTPREP_MUSL_AS_IS)

get_property(trying GLOBAL PROPERTY IN_TRY_COMPILE)
if(NOT trying AND NOT GUESTPREP_MUSL_AS_IS)
  foreach(script build_toolchain.sh build_libraries.sh)
    execute_process(COMMAND "${CMAKE_CURRENT_LIST_DIR}/${script}" "${GUESTPREP_MUSL}" RESULT_VARIABLE failed)
    if(failed)
      message(FATAL_ERROR "${script} failed: its last lines above say why")
    endif()
  endforeach()
endif()

# CMAKE_SYSTEM_NAME stays unset: what is built runs on the machine that builds it, so tests and generators need no emulator.
set(CMAKE_C_COMPILER "${GUESTPREP_MUSL}/bin/musl-clang")
set(CMAKE_CXX_COMPILER "${GUESTPREP_MUSL}/bin/musl-clang++")
# CMake would take the newest-sounding llvm-ar, which may be older than this clang.
find_program(CMAKE_AR ar)
find_program(CMAKE_RANLIB ranlib)
set(CMAKE_SYSROOT "${GUESTPREP_MUSL}/sysroot")
# Nothing of the machine's own, which is made for another C library.
set(CMAKE_FIND_ROOT_PATH "${CMAKE_SYSROOT}")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
set(BUILD_SHARED_LIBS OFF)

# The same bytes wherever the tree lies.
foreach(language C CXX)
  set(CMAKE_${language}_FLAGS_INIT "-ffunction-sections -fdata-sections -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=")
endforeach()
# Templates make many functions of the same bytes: one serves. Nothing here compares their addresses.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-Wl,--gc-sections,--icf=all")
set(CMAKE_EXE_LINKER_FLAGS_MINSIZEREL_INIT "-Wl,-s")
