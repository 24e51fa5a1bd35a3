#pragma once

#include <wx/dataview.h>
#include <wx/panel.h>
#include <wx/timer.h>

#include <functional>
#include <memory>
#include <string>

#include "client/flows/open_desk.h"

class wxButton;
class wxStaticText;
class wxTextCtrl;

namespace hoso::ui {

class DossierRows;
class ListColumns;

/// Where the arrangement of a list is kept from one day to the next, by the name of its view.
struct LayoutKeeper {
  std::function<std::string(const std::string& view)> load;
  std::function<void(const std::string& view, const std::string& layout)> save;
};

/// The list in the middle of the main window: the rows of a view, all or those the quick filter
/// finds in it, in the order and columns that the officer chose. Its size does not matter: rows are
/// read as they come into sight. Says how many there are: "12 / 340".
class DossierList : public wxPanel {
 public:
  using Chosen = std::function<void(const std::string& id)>;
  DossierList(wxWindow* parent, flows::OpenDesk& open, LayoutKeeper keeper, Chosen chosen);
  ~DossierList() override;

  void ShowView(store::View view);
  /// Reads again and keeps the chosen dossier chosen.
  void Reload();
  void FocusFilter();
  void FocusRows();

 private:
  void MakeControls();
  void BindFilter();
  void Sort();
  void Filter();
  void ClearFilter();
  void Choose(unsigned row);
  void Told(const base::Status& status);
  void KeepLayout();

  flows::OpenDesk& open_;
  LayoutKeeper keeper_;
  Chosen chosen_;
  store::View view_ = store::View::kAll;
  bool shown_ = false;  // Some view.
  std::string chosen_id_, kept_;
  wxTextCtrl* filter_ = nullptr;
  wxStaticText* count_ = nullptr;
  wxButton* choose_ = nullptr;
  wxDataViewCtrl* list_ = nullptr;
  wxObjectDataPtr<DossierRows> rows_;
  std::unique_ptr<ListColumns> columns_;
  wxTimer typing_;
};

}  // namespace hoso::ui
