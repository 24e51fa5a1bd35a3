#pragma once

#include <wx/string.h>
#include <wx/translation.h>
#include <wx/window.h>

#include <string>

namespace hoso::ui {

/// A text for the screen. The Vietnamese text is itself the message id: what no catalogue
/// translates is shown in Vietnamese. Flows fill numbers into texts ("%d" of the message id) and
/// put a detail after them, in brackets or from the first digit on: both are kept.
wxString T(const char* vietnamese);
inline wxString Wx(const std::string& utf8) {
  return wxString::FromUTF8(utf8.c_str(), utf8.size());
}
inline std::string Utf8(const wxString& text) {
  return std::string(text.utf8_str());
}

/// "2026-11-23T08:30" to "23/11/2026 08:30"; a day alone to "23/11/2026".
wxString ScreenTime(const std::string& iso);

/// Tells assistive technology what a control is for, where no label beside it does.
void SetAccessibleName(wxWindow& window, const wxString& name);
/// And what it says, where that is drawn and not made of controls.
void SetAccessibleDescription(wxWindow& window, const wxString& text);

}  // namespace hoso::ui
