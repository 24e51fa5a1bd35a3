#pragma once

#include <wx/scrolwin.h>

#include <functional>
#include <string>

#include "client/flows/intake_form.h"

namespace hoso::ui {

/// The papers of a case, each with what was handed in: original, copy or nothing. Tab goes from
/// paper to paper, arrows choose.
class PaperChoices : public wxScrolledWindow {
 public:
  /// `chosen` gets the paper's key and "have", "copy" or "missing".
  using Chosen = std::function<void(const std::string& key, const std::string& status)>;
  PaperChoices(wxWindow* parent, Chosen chosen);

  void Show(const flows::IntakeForm& form);
  void TakeFocus();

 private:
  void AddPaper(const catalog::Component& paper, const std::string& status);

  Chosen chosen_;
  wxWindow* first_ = nullptr;
};

}  // namespace hoso::ui
