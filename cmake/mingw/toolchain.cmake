# Compiles the program for Windows, on Linux: mingw-w64 with POSIX threads, all static, for Server 2003 and everything since. The
# libraries are built on first use from the distribution's source packages (build_libraries.sh) and come from a cache afterwards.
set(GUESTPREP_MINGW_ARCHITECTURE x86_64 CACHE STRING "x86_64 or i686")
get_filename_component(default_mingw "${CMAKE_CURRENT_LIST_DIR}/../../build/mingw-${GUESTPREP_MINGW_ARCHITECTURE}" ABSOLUTE)
set(GUESTPREP_MINGW "${default_mingw}" CACHE PATH "Where the libraries for Windows are put")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES GUESTPREP_MINGW_ARCHITECTURE GUESTPREP_MINGW GUESTPREP_MINGW_AS_IS)

get_property(trying GLOBAL PROPERTY IN_TRY_COMPILE)
if(NOT trying AND NOT GUESTPREP_MINGW_AS_IS)
  execute_process(COMMAND "${CMAKE_CURRENT_LIST_DIR}/build_libraries.sh" ${GUESTPREP_MINGW_ARCHITECTURE} "${GUESTPREP_MINGW}"
    RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "build_libraries.sh failed: its last lines above say why")
  endif()
endif()

set(CMAKE_SYSTEM_NAME Windows)
if(GUESTPREP_MINGW_ARCHITECTURE STREQUAL "i686")
  set(CMAKE_SYSTEM_PROCESSOR x86)
else()
  set(CMAKE_SYSTEM_PROCESSOR AMD64)
endif()
# By their full names: the plain ones are those with Windows' threads, which have no std::thread.
set(CMAKE_C_COMPILER ${GUESTPREP_MINGW_ARCHITECTURE}-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER ${GUESTPREP_MINGW_ARCHITECTURE}-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER ${GUESTPREP_MINGW_ARCHITECTURE}-w64-mingw32-windres)

# Nothing of the machine's own, which is made for another system.
set(CMAKE_FIND_ROOT_PATH "${GUESTPREP_MINGW}")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_FIND_LIBRARY_PREFIXES lib "")
set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
set(BUILD_SHARED_LIBS OFF)

# Server 2003 SP1: what came later is not declared, and has to be asked for by name when the program runs. printf is mingw's own,
# which knows %zu on every Windows; time_t and off_t have 64 bits on x86 too.
set(windows_5_2 "-D_WIN32_WINNT=0x0502 -DWINVER=0x0502 -DNTDDI_VERSION=0x05020100")
set(plain "-DWIN32_LEAN_AND_MEAN -DNOMINMAX -D__USE_MINGW_ANSI_STDIO=1 -D_POSIX_THREAD_SAFE_FUNCTIONS=200112L")
set(wide_types "-D__MINGW_USE_VC2005_COMPAT -D_FILE_OFFSET_BITS=64")
foreach(language C CXX)
  set(CMAKE_${language}_FLAGS_INIT
      "${windows_5_2} ${plain} ${wide_types} -ffunction-sections -fdata-sections -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=")
endforeach()
string(CONCAT versions "-Wl,--major-os-version=5,--minor-os-version=2"
  ",--major-subsystem-version=5,--minor-subsystem-version=2")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static ${versions} -Wl,--gc-sections -Wl,--no-insert-timestamp")
set(CMAKE_EXE_LINKER_FLAGS_MINSIZEREL_INIT "-s")
