#pragma once

#include <wx/dataview.h>
#include <wx/panel.h>
#include <wx/timer.h>

#include <functional>
#include <memory>
#include <string>

#include "client/flows/list_rows.h"
#include "client/ui/deliver.h"
#include "common/base/worker.h"

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
/// finds in it, in the order and columns that the officer chose. Its size does not matter: which
/// rows there are is found beside the window's thread, and they are read as they come into sight.
/// Says how many there are: "12 / 340".
class DossierList : public wxPanel, public Alive {
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
  void ClearFilter();
  void OpenFirst();
  void Choose(unsigned row);
  /// Finds the rows anew, later; of several such only the last is shown.
  void Find();
  void Found(base::Result<flows::ListFound> found);
  void Show(flows::ListFound found);
  wxString CountOf(const flows::ListFound& found) const;
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
  // What the worker uses.
  struct Reader;
  std::shared_ptr<Reader> reader_;
  bool open_first_ = false;  // As soon as the rows are there.
  wxTimer first_seen_;
  base::Worker worker_;  // Last: its job may still use what is above.
};

}  // namespace hoso::ui
