#pragma once

#include <wx/scrolwin.h>

#include <functional>
#include <string>

#include "client/flows/dossier_view.h"
#include "client/flows/open_desk.h"

class wxBoxSizer;

namespace hoso::ui {

/// The right side of the main window: one dossier, what to do next, its conflicts, fields, papers,
/// notes and history. Every act is durable before the panel shows it.
class DossierPanel : public wxScrolledWindow {
 public:
  using Acted = std::function<void(const base::Status&)>;  // After every act, done or refused.
  DossierPanel(wxWindow* parent, flows::OpenDesk& open, Acted acted);

  void ShowDossier(const std::string& id);  // "" for none.
  void Reload() { ShowDossier(id_); }
  const std::string& id() const { return id_; }

 private:
  void AddTitle(const char* text);
  void AddLine(const wxString& text, bool strong = false);
  void AddSummary(const flows::DossierView& view);
  void AddNextSteps();
  void AddConflicts(const flows::DossierView& view);
  void AddFields(const flows::DossierView& view);
  void AddPapers(const flows::DossierView& view);
  void AddNotes(const flows::DossierView& view);
  void AddHistory(const flows::DossierView& view);
  void AskReason(const wxString& what, std::function<void(const std::string&)> with);
  void Done(const base::Status& status);

  flows::OpenDesk& open_;
  Acted acted_;
  std::string id_;
  wxBoxSizer* column_ = nullptr;
};

}  // namespace hoso::ui
