# Outside libraries under short names. Debian ships no CMake package for SOCI, libsodium, utf8proc,
# zstd or SQLCipher, so they get imported targets here.

find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(nlohmann_json 3 REQUIRED)
find_package(GTest REQUIRED)
find_package(PkgConfig REQUIRED)

foreach(pair sodium=libsodium zstd=libzstd utf8proc=libutf8proc)
  string(REPLACE "=" ";" pair "${pair}")
  list(GET pair 0 name)
  list(GET pair 1 package)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${package})
  add_library(${name} ALIAS PkgConfig::${name})
endforeach()

option(HOSO_PURE_ONLY "Only the modules without disk and network, for the sanitizers" OFF)
if(HOSO_PURE_ONLY)
  return()
endif()

find_package(Poco REQUIRED COMPONENTS Foundation Net NetSSL Util)
pkg_check_modules(sqlcipher REQUIRED sqlcipher)
pkg_check_modules(pq REQUIRED IMPORTED_TARGET libpq)

pkg_check_modules(qrencode REQUIRED IMPORTED_TARGET libqrencode)
add_library(qrencode ALIAS PkgConfig::qrencode)
find_library(HPDF_LIBRARY hpdf REQUIRED)
find_path(HPDF_INCLUDE hpdf.h REQUIRED)
add_library(hpdf INTERFACE)
target_include_directories(hpdf SYSTEM INTERFACE ${HPDF_INCLUDE})
target_link_libraries(hpdf INTERFACE ${HPDF_LIBRARY})

find_package(wxWidgets 3.2 REQUIRED COMPONENTS core base)
pkg_check_modules(gtk3 REQUIRED IMPORTED_TARGET gtk+-3.0)
add_library(wx INTERFACE)
target_include_directories(wx SYSTEM INTERFACE ${wxWidgets_INCLUDE_DIRS})
target_compile_definitions(wx INTERFACE ${wxWidgets_DEFINITIONS})
target_link_libraries(wx INTERFACE ${wxWidgets_LIBRARIES} PkgConfig::gtk3)

# The fonts of what is printed lie beside the programs, in build/<preset>/share as when installed.
set(HOSO_FONTS "${CMAKE_BINARY_DIR}/share/hosoxa/fonts")
foreach(style Regular Bold Italic)
  find_file(HOSO_FONT_${style} NotoSans-${style}.ttf PATHS /usr/share/fonts/truetype/noto REQUIRED)
  configure_file("${HOSO_FONT_${style}}" "${HOSO_FONTS}/NotoSans-${style}.ttf" COPYONLY)
endforeach()
find_file(HOSO_FONT_LICENCE copyright PATHS /usr/share/doc/fonts-noto-core REQUIRED NO_DEFAULT_PATH)
configure_file("${HOSO_FONT_LICENCE}" "${HOSO_FONTS}/LICENCE" COPYONLY)

# SOCI's own archives, then SQLCipher: with the shared SOCI the linker may silently take plain SQLite,
# and the file would not be encrypted. The program also checks at every open.
find_library(SOCI_SQLITE libsoci_sqlite3.a REQUIRED)
find_library(SOCI_POSTGRESQL libsoci_postgresql.a REQUIRED)
find_library(SOCI_CORE libsoci_core.a REQUIRED)
find_library(SQLCIPHER_LIBRARY sqlcipher REQUIRED)
add_library(soci INTERFACE)
target_include_directories(soci SYSTEM INTERFACE ${sqlcipher_INCLUDE_DIRS} /usr/include/soci
  ${pq_INCLUDE_DIRS})
target_compile_definitions(soci INTERFACE SQLITE_HAS_CODEC)
target_link_libraries(soci INTERFACE ${SOCI_SQLITE} ${SOCI_POSTGRESQL} ${SOCI_CORE}
  ${SQLCIPHER_LIBRARY} PkgConfig::pq Threads::Threads ${CMAKE_DL_LIBS})

file(STRINGS "/usr/include/sqlcipher/sqlite3.h" sqlite_version REGEX "define SQLITE_VERSION_NUMBER")
string(REGEX MATCH "[0-9]+" sqlite_version "${sqlite_version}")
if(sqlite_version LESS 3046000)
  message(FATAL_ERROR "SQLCipher is older than 4.6: run installer/deps/install, which takes it from bookworm-backports.")
endif()
