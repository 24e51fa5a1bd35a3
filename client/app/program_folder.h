#pragma once

#include <string>

namespace hoso::app {

/// Where the fonts of this installation are, "../share/hosoxa/fonts" from the running program;
/// "" if the system does not say where the program is.
std::string FontFolder();
std::string LocaleFolder();  ///< "../share/hosoxa/locale", in the same way.

}  // namespace hoso::app
