#pragma once

#include <wx/dataview.h>
#include <wx/panel.h>
#include <wx/timer.h>

#include <functional>
#include <string>

#include "client/flows/open_desk.h"

class wxStaticText;
class wxTextCtrl;

namespace hoso::ui {

/// The list in the middle of the main window: the rows of a view, or what the quick filter finds.
/// Reads rows from the desk in pages as they come into sight, so that its size does not matter.
/// Says how many there are; where it shows fewer than it found it says that too.
class DossierList : public wxPanel {
 public:
  using Chosen = std::function<void(const std::string& id)>;
  DossierList(wxWindow* parent, flows::OpenDesk& open, Chosen chosen);

  void ShowView(store::View view);
  /// Reads again and keeps the chosen dossier chosen.
  void Reload();
  void FocusFilter();
  void FocusRows();

 private:
  class Rows;
  void Filter();
  void ShowCount();

  flows::OpenDesk& open_;
  Chosen chosen_;
  store::View view_ = store::View::kAll;
  std::string chosen_id_;
  wxTextCtrl* filter_ = nullptr;
  wxStaticText* count_ = nullptr;
  wxDataViewCtrl* list_ = nullptr;
  wxObjectDataPtr<Rows> rows_;
  wxTimer typing_;
};

}  // namespace hoso::ui
