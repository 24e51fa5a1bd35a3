#pragma once

#include <string>

#include "client/config/config.h"

namespace hoso::app {

/// Where the fonts of this installation are, "../share/hosoxa/fonts" from the running program;
/// "" if the system does not say where the program is.
std::string FontFolder();
std::string LocaleFolder();  ///< "../share/hosoxa/locale", in the same way.

/// Where the desk of this machine is unless the user says otherwise: where its keeper said, else
/// for all officers of a PC in "ProgramData\\HoSoXa", elsewhere "~/.local/share/hosoxa". "" if the
/// system has no such place.
std::string DataFolder(const config::Layers& keeper);

}  // namespace hoso::app
