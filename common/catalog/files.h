#pragma once

#include <map>
#include <string>
#include <string_view>

namespace hoso::catalog {

/// Name within the set ("procedures/1.013225.json") to the text of the file.
using Files = std::map<std::string, std::string>;

/// One file compiled into the program; the table is made by the build.
struct EmbeddedFile {
  const char* name;
  std::string_view text;
};

}  // namespace hoso::catalog
