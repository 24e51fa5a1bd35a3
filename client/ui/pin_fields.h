#pragma once

#include <wx/panel.h>

#include <functional>
#include <string>

class wxCheckBox;
class wxStaticText;
class wxTextCtrl;

namespace hoso::ui {

/// A new PIN, typed twice: says in words how good it is, whether both are the same, and that Caps
/// Lock is on; shows what was typed if asked to.
class PinFields : public wxPanel {
 public:
  explicit PinFields(wxWindow* parent);

  std::string pin() const;  ///< UTF-8, as typed the first time.
  /// False if it can't be taken yet: the reason is on the screen, the focus in the field.
  bool Check();
  void TakeFocus();
  void OnEnter(std::function<void()> enter) { enter_ = std::move(enter); }

 private:
  /// One PIN, hidden or in sight: wx can't change a field from one to the other.
  struct Field {
    wxTextCtrl* hidden = nullptr;
    wxTextCtrl* shown = nullptr;
  };
  Field AddField(const char* label);
  wxString Text(const Field& field) const;
  void ShowWords();
  void ShowTyped(bool show);

  Field first_, second_;
  wxStaticText* strength_ = nullptr;
  wxStaticText* same_ = nullptr;
  wxStaticText* caps_ = nullptr;
  wxCheckBox* show_ = nullptr;
  std::function<void()> enter_;
};

}  // namespace hoso::ui
