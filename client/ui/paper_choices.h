#pragma once

#include <wx/scrolwin.h>

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "client/flows/dossier_view.h"

class wxRadioButton;

namespace hoso::ui {

/// The papers of a case, each with what was handed in: original, copy or nothing. ← and →
/// choose, ↑, ↓ and Tab go from paper to paper.
class PaperChoices : public wxScrolledWindow {
 public:
  /// `chosen` gets the paper's key and "have", "copy" or "missing".
  using Chosen = std::function<void(const std::string& key, const std::string& status)>;
  /// `wrap`: how wide a paper's name may be; beside the choices, or `above` them in a narrow pane.
  PaperChoices(wxWindow* parent, int wrap, bool above, Chosen chosen);

  /// The same papers again only get their status: the focus stays.
  void Show(const std::vector<flows::ComponentView>& papers, bool locked);
  void TakeFocus();

 private:
  struct Row {
    std::string key;
    std::array<wxRadioButton*, 3> choices;
  };
  bool IsSame(const std::vector<flows::ComponentView>& papers) const;
  void AddPaper(const flows::ComponentView& paper);
  static void FocusRow(const Row& row);
  bool Move(int key);
  void Choose(const Row& row, std::size_t choice);

  int wrap_;
  bool above_;
  Chosen chosen_;
  std::vector<Row> rows_;
};

}  // namespace hoso::ui
