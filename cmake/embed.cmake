# guestprep_embed(<target> <files...>): compiles text files in, as
# guestprep::embedded_file("checks/profiles/vmie-2026.json").
set(GUESTPREP_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_script.cmake)
function(guestprep_embed target)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp)
  set(inputs ${ARGN})
  list(TRANSFORM inputs PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DROOT=${CMAKE_CURRENT_SOURCE_DIR} "-DFILES=${ARGN}" -P ${GUESTPREP_EMBED_SCRIPT}
    DEPENDS ${inputs} ${GUESTPREP_EMBED_SCRIPT} VERBATIM)
  add_library(${target} STATIC ${out})
  target_link_libraries(${target} PUBLIC guestprep_core)
endfunction()
