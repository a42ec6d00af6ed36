# Linked by everything of ours, by nothing that comes from elsewhere.
add_library(guestprep_warnings INTERFACE)
target_compile_options(guestprep_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor> -Werror)
# Designated initializers leave members at their defaults on purpose.
target_compile_options(guestprep_warnings INTERFACE -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 sees copies out of bounds in its own std::string (GCC bugs 105329, 105651), and, where it
  # optimizes, reads of the value of an empty std::optional and std::expected (GCC bug 80635).
  target_compile_options(guestprep_warnings INTERFACE
    -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread
    -Wno-maybe-uninitialized)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # "Fact == value" is std::expected's operator, and means the same whichever way round it is taken.
  target_compile_options(guestprep_warnings INTERFACE -Wno-ambiguous-reversed-operator)
endif()
