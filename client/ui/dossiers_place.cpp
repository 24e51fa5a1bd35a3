#include "client/ui/dossiers_place.h"

#include <wx/sizer.h>
#include <wx/splitter.h>

#include <climits>

#include "client/flows/settings.h"
#include "client/ui/dossier_list.h"
#include "client/ui/dossier_panel.h"
#include "common/base/number.h"

namespace hoso::ui {
namespace {

constexpr int kLeastPane = 210, kDossierWidth = 440;

/// A layout that can't be read or kept is only the usual one again.
LayoutKeeper KeeperIn(const flows::DeskFolder& folder) {
  return {[folder](const std::string& view) { return flows::LoadSettings(folder).layouts[view]; },
          [folder](const std::string& view, const std::string& layout) {
            flows::Settings settings = flows::LoadSettings(folder);
            settings.layouts[view] = layout;
            (void)flows::SaveSettings(folder, settings).has_value();
          }};
}

constexpr const char* kSplit = "split";  // A layout too: how wide the dossier is.

int DossierWidth(const LayoutKeeper& keeper) {
  const std::int64_t width = base::ToNumber(keeper.load(kSplit)).value_or(0);
  return width >= kLeastPane && width <= INT_MAX ? static_cast<int>(width) : kDossierWidth;
}

wxWindow* FirstToUse(wxWindow& within) {
  for (wxWindow* child : within.GetChildren()) {
    if (!child->IsShown()) continue;
    wxWindow* found = wxDynamicCast(child, wxPanel) == nullptr ? child : FirstToUse(*child);
    if (found != nullptr && found->CanAcceptFocusFromKeyboard()) return found;
  }
  return nullptr;
}

}  // namespace

DossiersPlace::DossiersPlace(wxWindow* parent, flows::OpenDesk& open, Host& host) : Place(parent) {
  auto* split = new wxSplitterWindow(this, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                                     wxSP_LIVE_UPDATE | wxSP_3DSASH);
  const LayoutKeeper keeper = KeeperIn(open.folder());
  list_ = new DossierList(split, open, keeper,
                          [this](const std::string& id) { dossier_->ShowDossier(id); });
  dossier_ = new DossierPanel(split, open, host);
  split->SetMinimumPaneSize(FromDIP(kLeastPane));
  split->SetSashGravity(1.0);
  split->SplitVertically(list_, dossier_, FromDIP(-DossierWidth(keeper)));
  split->Bind(wxEVT_SPLITTER_SASH_POS_CHANGED, [split, keeper](wxSplitterEvent& event) {
    event.Skip();
    const int width = split->GetSize().x - event.GetSashPosition();
    keeper.save(kSplit, std::to_string(split->ToDIP(width)));
  });
  auto* all = new wxBoxSizer(wxVERTICAL);
  all->Add(split, wxSizerFlags(1).Expand());
  SetSizer(all);
  Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
    if (event.GetKeyCode() == WXK_F3)
      FocusFilter();
    else
      event.Skip();
  });
}

void DossiersPlace::ShowView(store::View view) {
  list_->ShowView(view);
  dossier_->ShowDossier("");
}

void DossiersPlace::ShowDossier(const std::string& id) {
  dossier_->ShowDossier(id);
  list_->FocusRows();
}

const std::string& DossiersPlace::shown() const {
  return dossier_->shown();
}

void DossiersPlace::ReloadList() {
  list_->Reload();
}

void DossiersPlace::Reload() {
  dossier_->Reload();
  list_->Reload();
}

void DossiersPlace::TakeFocus() {
  list_->FocusRows();
}

void DossiersPlace::FocusFilter() {
  list_->FocusFilter();
}

bool DossiersPlace::FocusNextPane() {
  const wxWindow* focus = wxWindow::FindFocus();
  if (focus != nullptr && dossier_->IsDescendant(const_cast<wxWindow*>(focus))) return false;
  // A panel that holds the focus itself would let Tab go past what is in it.
  wxWindow* first = FirstToUse(*dossier_);
  (first == nullptr ? dossier_ : first)->SetFocus();
  return true;
}

}  // namespace hoso::ui
