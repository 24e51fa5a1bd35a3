# hoso_module(<name> SOURCES ... [NEEDS module...] [USES external...])
#
# One folder = one static library = one namespace. NEEDS names our own modules, USES names outside
# libraries. What may need what is the table below; configure checks the targets against it and
# tests/lint checks every #include.

add_library(hoso_flags INTERFACE)
target_compile_features(hoso_flags INTERFACE cxx_std_20)
target_compile_options(hoso_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Werror)
if(WIN32)
  set(HOSO_ICON "${PROJECT_BINARY_DIR}/hosoxa.ico")
  set(HOSO_SYSTEM windows)  # Which of disk_posix.cpp and disk_windows.cpp, and of their like.
  # Windows 10, its wide texts, and of its header what is asked for.
  target_compile_definitions(hoso_flags INTERFACE _WIN32_WINNT=0x0A00 UNICODE _UNICODE NOMINMAX
    WIN32_LEAN_AND_MEAN)
  # Two builds of one commit are the same octets, wherever they were made.
  target_compile_options(hoso_flags INTERFACE "-ffile-prefix-map=${PROJECT_SOURCE_DIR}/="
    "-ffile-prefix-map=${CMAKE_BINARY_DIR}/=" "-ffile-prefix-map=${HOSO_WINDOWS_PREFIX}/=")
  target_link_options(hoso_flags INTERFACE -Wl,--no-insert-timestamp -s)
else()
  set(HOSO_SYSTEM posix)
endif()
option(HOSO_SANITIZE "Sanitizers to build with, e.g. address,undefined" "")
if(HOSO_SANITIZE)
  # SOCI and wx do not export the type information that the vptr check needs.
  target_compile_options(hoso_flags INTERFACE
    -fsanitize=${HOSO_SANITIZE} -fno-sanitize=vptr -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(hoso_flags INTERFACE -fsanitize=${HOSO_SANITIZE})
endif()

# The whole architecture on one screen: "module: modules it may need".
set(HOSO_LAYERS
  "base:"
  "text:base"
  "crypto:base"
  "domain:base,text"
  "catalog:base,text,domain,crypto"
  "change:base,text,domain,crypto"
  "store:base,text,domain,change"
  "protocol:base,domain,change,crypto"
  "engine:base,text,domain,catalog,change,crypto,store,protocol"
  "transport:base,crypto,protocol,engine"
  "server:base,text,domain,catalog,change,crypto,store,protocol"
  "config:base"
  "events:base"
  "flows:base,text,domain,catalog,change,crypto,store,engine,config,events"
  "paper:base,text,domain,flows"
  "ui:base,text,domain,config,events,flows,paper"
  "cli:base,text,domain,config,events,flows,paper")

function(hoso_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;NEEDS;USES" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PUBLIC ${ARG_NEEDS} PRIVATE hoso_flags ${ARG_USES})
  set_property(GLOBAL APPEND PROPERTY HOSO_MODULES ${name})
  set_property(GLOBAL PROPERTY HOSO_NEEDS_${name} "${ARG_NEEDS}")
endfunction()

# hoso_program(<name> SOURCES ... NEEDS ...): an executable in build/<preset>/bin.
function(hoso_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;NEEDS;USES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ${ARG_NEEDS} hoso_flags ${ARG_USES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
endfunction()

# hoso_windows_face(<name> WHAT <what it is, for the file's properties> [WINDOW]): on Windows, the
# program's icon and version; with WINDOW also the toolkit's own resources, and no console.
function(hoso_windows_face name)
  cmake_parse_arguments(ARG "WINDOW" "WHAT" "" ${ARGN})
  if(NOT WIN32)
    return()
  endif()
  set(HOSO_WHAT "${ARG_WHAT}")
  set(HOSO_FILE "${name}.exe")
  set(HOSO_TOOLKIT "")
  if(ARG_WINDOW)
    # Its manifest: the look of today's controls, and a screen's own number of dots.
    set(HOSO_TOOLKIT "#define wxUSE_DPI_AWARE_MANIFEST 2\n#include <wx/msw/wx.rc>")
    set_target_properties(${name} PROPERTIES WIN32_EXECUTABLE ON)
  endif()
  string(REPLACE "." "," HOSO_NUMBERS "${PROJECT_VERSION}.0")
  configure_file("${PROJECT_SOURCE_DIR}/resources/icon/program.rc.in" "${name}.rc" @ONLY)
  target_sources(${name} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/${name}.rc")
  add_dependencies(${name} icon)
  set_source_files_properties("${CMAKE_CURRENT_BINARY_DIR}/${name}.rc" PROPERTIES OBJECT_DEPENDS
    "${HOSO_ICON}")
endfunction()

# hoso_test(<name> LABEL unit SOURCES ... NEEDS ...): one GoogleTest program, its cases known to CTest;
# with WHOLE it is one test to CTest, because its cases share something slow to start.
function(hoso_test name)
  cmake_parse_arguments(ARG "WHOLE" "LABEL;TIMEOUT" "SOURCES;NEEDS;USES" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 60)
  endif()
  hoso_program(${name} SOURCES ${ARG_SOURCES} NEEDS ${ARG_NEEDS} USES ${ARG_USES} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE HOSO_SOURCE_DIR="${PROJECT_SOURCE_DIR}" HOSO_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
  if(ARG_WHOLE)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT})
    return()
  endif()
  gtest_discover_tests(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT} DISCOVERY_TIMEOUT 60)
endfunction()

function(hoso_check_layers)
  get_property(modules GLOBAL PROPERTY HOSO_MODULES)
  foreach(module IN LISTS modules)
    set(known FALSE)
    foreach(line IN LISTS HOSO_LAYERS)
      if(line MATCHES "^${module}:(.*)$")
        set(known TRUE)
        string(REPLACE "," ";" allowed "${CMAKE_MATCH_1}")
        get_property(needs GLOBAL PROPERTY HOSO_NEEDS_${module})
        foreach(need IN LISTS needs)
          if(NOT need IN_LIST allowed)
            message(FATAL_ERROR "Layer rule: '${module}' may not need '${need}' (allowed: ${allowed}).")
          endif()
        endforeach()
      endif()
    endforeach()
    if(NOT known)
      message(FATAL_ERROR "Layer rule: module '${module}' is missing from HOSO_LAYERS.")
    endif()
  endforeach()
endfunction()
