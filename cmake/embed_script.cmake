# Writes a C++ file that holds each of FILES as bytes. Bytes, because a string literal may not be
# longer than 64 KiB everywhere.
set(text "#include \"agent/core/embedded.h\"\nnamespace guestprep {\nnamespace {\n")
set(table "")
set(n 0)
foreach(file IN LISTS FILES)
  file(READ ${ROOT}/${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND text "constexpr unsigned char k${n}[] = {${bytes}0};\n")
  string(APPEND table "    if (name == \"${file}\") return {reinterpret_cast<const char*>(k${n}), sizeof k${n} - 1};\n")
  math(EXPR n "${n} + 1")
endforeach()
string(APPEND text "}\nstd::string_view embedded_file(std::string_view name) {\n${table}    return {};\n}\n}\n")
file(WRITE ${OUT} "${text}")
