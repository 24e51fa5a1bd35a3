#pragma once

#include <wx/panel.h>

#include <functional>
#include <optional>
#include <string>

#include "client/flows/dossier_view.h"
#include "client/flows/edit_draft.h"
#include "client/ui/host.h"

class wxBoxSizer;
class wxStaticText;

namespace hoso::ui {

/// What the sections of a dossier share: the desk, the window around, and what is being typed.
struct DossierWork {
  flows::OpenDesk& open;
  Host& host;
  std::string id;
  std::optional<flows::EditDraft> draft;
  std::function<void(const base::Status&)> acted;  // After an act: tells and shows again.
  std::function<void()> again;                     // Shows again.
  std::function<void()> grown;                     // A section changed its height.
};

/// A titled part of the dossier. Display is called for every dossier that is shown, and again
/// after every act: it keeps the control that has the focus.
class Section : public wxPanel {
 public:
  virtual void Display(const flows::DossierView& view) = 0;
  /// Before another dossier is shown: what was typed into this one is written.
  virtual void Leave() {}

 protected:
  Section(wxWindow* parent, DossierWork& work, const char* title);  // "" for no title.
  wxStaticText* AddLine(const wxString& text, bool strong = false);
  wxBoxSizer* column() { return column_; }
  int Width() const;  // For wrapping.

  DossierWork& work_;

 private:
  wxBoxSizer* column_ = nullptr;
};

Section* MakeSummary(wxWindow* parent, DossierWork& work);
Section* MakeApproval(wxWindow* parent, DossierWork& work);
Section* MakeSteps(wxWindow* parent, DossierWork& work);
Section* MakeAssignment(wxWindow* parent, DossierWork& work);
Section* MakeFields(wxWindow* parent, DossierWork& work);
Section* MakePapers(wxWindow* parent, DossierWork& work);
Section* MakeNotes(wxWindow* parent, DossierWork& work);
Section* MakeHistory(wxWindow* parent, DossierWork& work);

}  // namespace hoso::ui
