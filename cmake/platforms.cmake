# One program for Linux, one for Windows. The first judges guests of both kinds (a Windows disk under --root), the second only the
# Windows that it runs on, and what either has saved with `guestprep facts`.
#
# GUESTPREP_PLATFORM chooses platform/<platform> (how the system is reached) and agent/<platform> (how the parts are put together).
# All other code is compiled for both, but for the lists here.
if(WIN32)
  enable_language(RC)
  set(GUESTPREP_PLATFORM windows)
  set(GUESTPREP_TEST_FOLDER tests/windows)
else()
  set(GUESTPREP_PLATFORM linux)
  set(GUESTPREP_TEST_FOLDER tests)
endif()

# Only the program for Linux collects from Linux guests and repairs them, and has the libraries for that: libyaml, the
# decompressors, the C library's regular expressions.
set(linux_formats "compressed_stream|initramfs|cloud_cfg|lvm_filter|netplan|netplan_edits|yaml_tree")
set(linux_facts "network_edits|rename_interface")
set(linux_collectors "access|boot|firewall|first_boot|guest|network|offline_edits|os|rpm_files|services|software|storage|volume_managers")
set(only_for_linux "^(agent/(formats/(${linux_formats})|facts/(${linux_facts})|collect/(${linux_collectors})(_[a-z_]+)?|apply/journal_root)\\.cpp|fixers/linux/.*)$")
# Where the program for Windows has a part of its own instead of one that needs more than Windows has.
set(only_for_windows "/only_windows[a-z_]*\\.cpp$")

# guestprep_keep_own(<list>): takes out the files that are not compiled for this platform.
function(guestprep_keep_own list)
  set(kept ${${list}})
  if(WIN32)
    list(FILTER kept EXCLUDE REGEX "${only_for_linux}")
  else()
    list(FILTER kept EXCLUDE REGEX "${only_for_windows}")
  endif()
  set(${list} ${kept} PARENT_SCOPE)
endfunction()

# guestprep_system_parts(<program>): what a program needs to start on the oldest system that it is for. As an object: see there why.
function(guestprep_system_parts program)
  if(WIN32)
    if(NOT TARGET guestprep_nt52)
      add_library(guestprep_nt52 OBJECT ${PROJECT_SOURCE_DIR}/cmake/mingw/nt52_compat.c)
    endif()
    target_sources(${program} PRIVATE $<TARGET_OBJECTS:guestprep_nt52>)
  endif()
endfunction()

# guestprep_description(<program>): what the system shows of the file, and the rights that it starts with.
function(guestprep_description program)
  if(WIN32)
    set(description ${PROJECT_BINARY_DIR}/${program}.rc)
    configure_file(${PROJECT_SOURCE_DIR}/cmake/mingw/guestprep.rc.in ${description} @ONLY)
    set_source_files_properties(${description} PROPERTIES OBJECT_DEPENDS ${PROJECT_SOURCE_DIR}/cmake/mingw/guestprep.manifest)
    target_sources(${program} PRIVATE ${description})
  endif()
endfunction()
