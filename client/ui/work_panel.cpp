#include "client/ui/work_panel.h"

#include <wx/listbox.h>
#include <wx/sizer.h>
#include <wx/splitter.h>

#include "client/flows/list_flow.h"
#include "client/ui/dossier_list.h"
#include "client/ui/dossier_panel.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

struct NavItem {
  store::View view;
  const char* title;
};
constexpr NavItem kNav[] = {
    {store::View::kMine, "Việc của tôi"},     {store::View::kOverdue, "Quá hạn"},
    {store::View::kToday, "Hôm nay"},         {store::View::kSoon, "Sắp đến hạn"},
    {store::View::kApproval, "Chờ duyệt"},    {store::View::kDrafts, "Chưa có mã chính thức"},
    {store::View::kConflicts, "Có xung đột"}, {store::View::kSetAside, "Có thay đổi để riêng"},
    {store::View::kAll, "Tất cả hồ sơ"}};
constexpr int kNavWidth = 210, kDossierWidth = 420;

}  // namespace

WorkPanel::WorkPanel(wxWindow* parent, flows::OpenDesk& open, Acted acted)
    : wxPanel(parent), open_(open) {
  nav_ = new wxListBox(this, wxID_ANY, wxDefaultPosition, FromDIP(wxSize(kNavWidth, -1)));
  SetAccessibleName(*nav_, T("Việc của tôi"));
  for (const NavItem& item : kNav) {
    views_.push_back(item.view);
    nav_->Append(T(item.title));
  }
  auto* split = new wxSplitterWindow(this, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                                     wxSP_LIVE_UPDATE | wxSP_3DSASH);
  list_ =
      new DossierList(split, open, [this](const std::string& id) { dossier_->ShowDossier(id); });
  dossier_ = new DossierPanel(split, open, std::move(acted));
  split->SetMinimumPaneSize(FromDIP(kNavWidth));
  split->SetSashGravity(1.0);
  split->SplitVertically(list_, dossier_, FromDIP(-kDossierWidth));
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->Add(nav_, wxSizerFlags().Expand());
  row->Add(split, wxSizerFlags(1).Expand());
  SetSizer(row);
  nav_->Bind(wxEVT_LISTBOX, [this](wxCommandEvent& event) {
    list_->ShowView(views_[static_cast<std::size_t>(event.GetSelection())]);
    dossier_->ShowDossier("");
  });
  nav_->SetSelection(0);
  list_->ShowView(views_.front());
  ShowCounts();
}

void WorkPanel::ShowCounts() {
  for (unsigned i = 0; i < views_.size(); ++i) {
    const auto list = flows::ListDossiers(open_, views_[i], 1);
    if (!list) continue;
    wxString title = T(kNav[i].title);
    if (list->total > 0) title += wxString::Format(" (%lld)", static_cast<long long>(list->total));
    if (nav_->GetString(i) != title) nav_->SetString(i, title);
  }
}

void WorkPanel::Reload() {
  dossier_->Reload();
  ReloadList();
}

void WorkPanel::ReloadList() {
  list_->Reload();
  ShowCounts();
}

void WorkPanel::ShowDossier(const std::string& id) {
  if (!id.empty()) dossier_->ShowDossier(id);
  list_->FocusRows();
}

const std::string& WorkPanel::Dossier() const {
  return dossier_->id();
}

void WorkPanel::FocusFilter() {
  list_->FocusFilter();
}

void WorkPanel::FocusRows() {
  list_->FocusRows();
}

void WorkPanel::NextPane() {
  const wxWindow* focus = wxWindow::FindFocus();
  if (focus != nullptr && (focus == nav_ || nav_->IsDescendant(const_cast<wxWindow*>(focus))))
    list_->FocusRows();
  else if (focus != nullptr && list_->IsDescendant(const_cast<wxWindow*>(focus)))
    dossier_->SetFocus();
  else
    nav_->SetFocus();
}

}  // namespace hoso::ui
