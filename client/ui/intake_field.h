#pragma once

#include <wx/panel.h>

#include <functional>
#include <string>

class wxStaticText;
class wxTextCtrl;

namespace hoso::ui {

/// A label, its text and what is odd about the text, below each other.
class IntakeField : public wxPanel {
 public:
  /// `typed` gets every new text and says what to remark on it, "" for nothing.
  using Typed = std::function<wxString(const std::string& text)>;
  IntakeField(wxWindow* parent, const wxString& label, const std::string& text, Typed typed);

  wxTextCtrl* edit() const { return edit_; }

 private:
  void Remark(const wxString& words);

  wxTextCtrl* edit_;
  wxStaticText* remark_;
};

}  // namespace hoso::ui
