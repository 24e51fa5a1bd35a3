#pragma once

#include <wx/scrolwin.h>

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "client/flows/intake_form.h"

class wxRadioButton;

namespace hoso::ui {

/// The papers of a case, each with what was handed in: original, copy or nothing. ← and →
/// choose, ↑, ↓ and Tab go from paper to paper.
class PaperChoices : public wxScrolledWindow {
 public:
  /// `chosen` gets the paper's key and "have", "copy" or "missing".
  using Chosen = std::function<void(const std::string& key, const std::string& status)>;
  PaperChoices(wxWindow* parent, Chosen chosen);

  void Show(const flows::IntakeForm& form);
  void TakeFocus();

 private:
  struct Row {
    std::string key;
    std::array<wxRadioButton*, 3> choices;
  };
  void AddPaper(const catalog::Component& paper, const std::string& status);
  static void FocusRow(const Row& row);
  bool Move(int key);
  void Choose(const Row& row, std::size_t choice);

  Chosen chosen_;
  std::vector<Row> rows_;
};

}  // namespace hoso::ui
