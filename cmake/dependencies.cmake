# The libraries of the program, each as a static archive: the file that is shipped needs nothing.
# What each is for stands in README.md.

function(guestprep_library target header)
  cmake_parse_arguments(arg "" "" "ARCHIVES" ${ARGN})
  string(REPLACE "::" "_" variable ${target})
  find_path(${variable}_INCLUDE ${header} REQUIRED)
  add_library(${target} INTERFACE IMPORTED)
  target_include_directories(${target} SYSTEM INTERFACE ${${variable}_INCLUDE})
  foreach(archive IN LISTS arg_ARCHIVES)
    find_library(${variable}_${archive} NAMES lib${archive}.a REQUIRED)
    target_link_libraries(${target} INTERFACE ${${variable}_${archive}})
  endforeach()
endfunction()

guestprep_library(dep::fmt fmt/format.h)
target_compile_definitions(dep::fmt INTERFACE FMT_HEADER_ONLY=1)
guestprep_library(dep::json nlohmann/json.hpp)
guestprep_library(dep::options boost/program_options.hpp ARCHIVES boost_program_options)
# Boost 1.74 does not know that libc++ has removed std::unary_function.
target_compile_definitions(dep::options INTERFACE BOOST_NO_CXX98_FUNCTION_BASE)
guestprep_library(dep::pugixml pugixml.hpp ARCHIVES pugixml)

# What the platform's program judges with, or reaches the system by.
if(GUESTPREP_PLATFORM STREQUAL "linux")
  guestprep_library(dep::yaml yaml.h ARCHIVES yaml)
  guestprep_library(dep::compression zlib.h ARCHIVES z lzma zstd lz4 bz2)
  # Debian 13 builds lz4 against the distribution's xxHash, which liblz4-dev brings along. The shipped
  # file has an lz4 of its own.
  find_library(GUESTPREP_XXHASH NAMES libxxhash.a)
  if(GUESTPREP_XXHASH AND NOT GUESTPREP_STATIC)
    target_link_libraries(dep::compression INTERFACE ${GUESTPREP_XXHASH})
  endif()
  guestprep_library(dep::blkid blkid/blkid.h ARCHIVES blkid)
  set(GUESTPREP_LINUX_FORMAT_LIBRARIES dep::compression dep::yaml)
  set(GUESTPREP_PLATFORM_LIBRARIES dep::blkid)
else()
  set(GUESTPREP_LINUX_FORMAT_LIBRARIES)
  # formats: the registry's texts are UTF-16, which has one reader for live and offline guests.
  set(GUESTPREP_PLATFORM_LIBRARIES guestprep_formats advapi32 netapi32)
endif()
