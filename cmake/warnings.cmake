# Linked by everything of ours, by nothing that comes from elsewhere.
add_library(guestprep_warnings INTERFACE)
target_compile_options(guestprep_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Werror)
# Designated initializers leave members at their defaults on purpose.
target_compile_options(guestprep_warnings INTERFACE -Wno-missing-field-initializers)
