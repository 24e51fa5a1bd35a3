#pragma once

#include <wx/textctrl.h>

#include <functional>
#include <string>

class wxSizer;

namespace hoso::ui {

/// A text control as every form uses it: named by its label for assistive technology, with Ctrl+Z
/// and Ctrl+Y (which GTK's own lack), never completing or reformatting what is typed, since
/// Vietnamese typing methods correct letters afterwards. `lines`: 1, or more for a taller one.
wxTextCtrl* MakeTextField(wxWindow* parent, const wxString& label, const std::string& text,
                          int lines = 1);

/// The label above a field.
void AddLabel(wxWindow* parent, wxSizer* sizer, const wxString& label);

}  // namespace hoso::ui
