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

option(HOSO_POSTGRESQL "The province on PostgreSQL as well as on SQLite" ON)
if(WIN32)
  # Poco's own files do not look for what it stands on.
  list(APPEND CMAKE_MODULE_PATH "${HOSO_WINDOWS_PREFIX}/cmake-modules")
  foreach(package PCRE2 Utf8Proc ZLIB PNG EXPAT)
    find_package(${package} REQUIRED)
  endforeach()
endif()
find_package(Poco REQUIRED COMPONENTS Foundation Net NetSSL Util)
if(WIN32)
  # Windows wants sockets to be begun; the object that does so is in the archive, but nobody names it.
  target_link_options(Poco::Net INTERFACE -Wl,-u,pocoNetworkInitializer)
endif()

pkg_check_modules(qrencode REQUIRED IMPORTED_TARGET libqrencode)
add_library(qrencode ALIAS PkgConfig::qrencode)
find_library(HPDF_LIBRARY hpdf REQUIRED)
find_path(HPDF_INCLUDE hpdf.h REQUIRED)
add_library(hpdf INTERFACE)
target_include_directories(hpdf SYSTEM INTERFACE ${HPDF_INCLUDE})
target_link_libraries(hpdf INTERFACE ${HPDF_LIBRARY} $<$<BOOL:${WIN32}>:PNG::PNG>)

add_library(wx INTERFACE)
if(WIN32)
  find_package(wxWidgets 3.2 CONFIG REQUIRED COMPONENTS core base)
  target_link_libraries(wx INTERFACE wx::core wx::base wtsapi32)
else()
  find_package(wxWidgets 3.2 REQUIRED COMPONENTS core base)
  pkg_check_modules(gtk3 REQUIRED IMPORTED_TARGET gtk+-3.0)
  target_include_directories(wx SYSTEM INTERFACE ${wxWidgets_INCLUDE_DIRS})
  target_compile_definitions(wx INTERFACE ${wxWidgets_DEFINITIONS})
  target_link_libraries(wx INTERFACE ${wxWidgets_LIBRARIES} PkgConfig::gtk3)
endif()

# The fonts of what is printed lie beside the programs, in build/<preset>/share as when installed. They
# are this machine's, whatever it builds for.
set(HOSO_FONTS "${CMAKE_BINARY_DIR}/share/hosoxa/fonts")
foreach(style Regular Bold Italic)
  find_file(HOSO_FONT_${style} NotoSans-${style}.ttf PATHS /usr/share/fonts/truetype/noto REQUIRED
    NO_CMAKE_FIND_ROOT_PATH)
  configure_file("${HOSO_FONT_${style}}" "${HOSO_FONTS}/NotoSans-${style}.ttf" COPYONLY)
endforeach()
find_file(HOSO_FONT_LICENCE copyright PATHS /usr/share/doc/fonts-noto-core REQUIRED
  NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
configure_file("${HOSO_FONT_LICENCE}" "${HOSO_FONTS}/LICENCE" COPYONLY)

# SOCI's own archives, then SQLCipher: with the shared SOCI the linker may silently take plain SQLite,
# and the file would not be encrypted. The program also checks at every open.
pkg_check_modules(sqlcipher REQUIRED sqlcipher)
find_path(SOCI_INCLUDE soci/soci.h REQUIRED)
find_library(SOCI_SQLITE NAMES libsoci_sqlite3.a libsoci_sqlite3_4_0.a REQUIRED)
find_library(SOCI_CORE NAMES libsoci_core.a libsoci_core_4_0.a REQUIRED)
find_library(SQLCIPHER_LIBRARY sqlcipher REQUIRED)
add_library(soci INTERFACE)
target_include_directories(soci SYSTEM INTERFACE ${sqlcipher_INCLUDE_DIRS} ${SOCI_INCLUDE}/soci)
target_compile_definitions(soci INTERFACE SQLITE_HAS_CODEC)
target_link_libraries(soci INTERFACE ${SOCI_SQLITE})
if(HOSO_POSTGRESQL)
  pkg_check_modules(pq REQUIRED IMPORTED_TARGET libpq)
  find_library(SOCI_POSTGRESQL libsoci_postgresql.a REQUIRED)
  target_link_libraries(soci INTERFACE ${SOCI_POSTGRESQL} PkgConfig::pq)
endif()
target_link_libraries(soci INTERFACE ${SOCI_CORE} ${SQLCIPHER_LIBRARY} Threads::Threads ${CMAKE_DL_LIBS}
  $<$<BOOL:${WIN32}>:OpenSSL::Crypto>)

file(STRINGS "${sqlcipher_INCLUDE_DIRS}/sqlite3.h" sqlite_version REGEX "define SQLITE_VERSION_NUMBER")
string(REGEX MATCH "[0-9]+" sqlite_version "${sqlite_version}")
if(sqlite_version LESS 3046000)
  message(FATAL_ERROR "SQLCipher is older than 4.6: run installer/deps/install, which takes it from bookworm-backports.")
endif()
