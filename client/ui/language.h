#pragma once

#include <string>

namespace hoso::ui {

/// Both take "vi" or "en". The first makes GTK's own dialogs speak the language; it works before
/// the toolkit starts and, for what is opened later, after.
void SpeakInToolkit(const std::string& language);
/// Every text made from now on. Without catalogues in `folder` ("…/<language>/LC_MESSAGES/*.mo")
/// the program speaks Vietnamese and the toolkit's own words are English. Window thread.
void SpeakInProgram(const std::string& language, const std::string& folder);

}  // namespace hoso::ui
