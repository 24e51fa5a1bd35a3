# cmake -DFOLDER=... -DOUT=... -P EmbedFiles.cmake: every .json below FOLDER as rows of a C++ table,
# so that the program needs no data files beside it.
file(GLOB_RECURSE files RELATIVE "${FOLDER}" "${FOLDER}/*.json")
list(SORT files)
set(rows "")
foreach(name IN LISTS files)
  file(READ "${FOLDER}/${name}" hex HEX)
  string(LENGTH "${hex}" length)
  math(EXPR length "${length} / 2")
  string(REGEX REPLACE "(..)" "\\\\x\\1" text "${hex}")
  string(APPEND rows "{\"${name}\", {\"${text}\", ${length}}},\n")
endforeach()
file(WRITE "${OUT}" "${rows}")
