#include "client/ui/work_panel.h"

#include <wx/listbox.h>
#include <wx/simplebook.h>
#include <wx/sizer.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "client/flows/draft_flow.h"
#include "client/flows/list_flow.h"
#include "client/ui/conflicts_panel.h"
#include "client/ui/dossiers_place.h"
#include "client/ui/drafts_place.h"
#include "client/ui/set_aside_panel.h"
#include "client/ui/sync_panel.h"
#include "client/ui/words.h"
#include "common/text/format.h"

namespace hoso::ui {
namespace {

using MakePlace = Place* (*)(wxWindow* parent, flows::OpenDesk& open, Host& host);
template <class Kind>
Place* Make(wxWindow* parent, flows::OpenDesk& open, Host& host) {
  return new Kind(parent, open, host);
}

/// A line of "my work": a view of the dossiers, or a place of its own.
struct NavLine {
  const char* title;
  std::optional<store::View> view;
  MakePlace make = nullptr;
  std::int64_t (*count)(flows::OpenDesk& open) = nullptr;
};

std::int64_t Drafts(flows::OpenDesk& open) {
  const auto drafts = flows::DraftFlow(open).All();
  return drafts ? static_cast<std::int64_t>(drafts->size()) : 0;
}
std::int64_t Conflicts(flows::OpenDesk& open) {
  const auto waiting = open.store().Attention();
  return waiting ? waiting->conflicts : 0;
}
std::int64_t SetAside(flows::OpenDesk& open) {
  const auto waiting = open.store().Attention();
  return waiting ? waiting->set_aside + waiting->unreadable : 0;
}

const NavLine kNav[] = {{"Việc của tôi", store::View::kMine},
                        {"Quá hạn", store::View::kOverdue},
                        {"Hôm nay", store::View::kToday},
                        {"Sắp đến hạn", store::View::kSoon},
                        {"Chờ duyệt", store::View::kApproval},
                        {"Đang nhập dở", std::nullopt, Make<DraftsPlace>, Drafts},
                        {"Chưa có mã chính thức", store::View::kDrafts},
                        {"Xung đột", std::nullopt, Make<ConflictsPanel>, Conflicts},
                        {"Để riêng", std::nullopt, Make<SetAsidePanel>, SetAside},
                        {"Đối chiếu với tỉnh", std::nullopt, Make<SyncPanel>},
                        {"Tất cả hồ sơ", store::View::kAll}};
constexpr int kNavWidth = 210;

/// One number for each line; none at all when the desk can't be read now. Any thread that has the
/// desk for itself.
std::vector<std::int64_t> CountLines(flows::OpenDesk& open) {
  std::vector<store::View> views;
  for (const NavLine& line : kNav)
    if (line.view) views.push_back(*line.view);
  const auto counts = flows::CountDossiers(open, views);
  if (!counts) return {};
  std::vector<std::int64_t> all;
  std::size_t next = 0;
  for (const NavLine& line : kNav) {
    if (line.view)
      all.push_back((*counts)[next++]);
    else
      all.push_back(line.count == nullptr ? 0 : line.count(open));
  }
  return all;
}

}  // namespace

WorkPanel::WorkPanel(wxWindow* parent, flows::OpenDesk& open, Host& host)
    : wxPanel(parent), open_(open), host_(host), places_(std::size(kNav)) {
  nav_ = new wxListBox(this, wxID_ANY, wxDefaultPosition, FromDIP(wxSize(kNavWidth, -1)));
  SetAccessibleName(*nav_, T("Việc của tôi"));
  int width = FromDIP(kNavWidth);
  for (const NavLine& line : kNav) {
    nav_->Append(T(line.title));
    width = std::max(width, nav_->GetTextExtent(T(line.title) + " (9999)").x);
  }
  nav_->SetMinSize(wxSize(width, -1));
  pages_ = new wxSimplebook(this);
  dossiers_ = new DossiersPlace(pages_, open, host);
  pages_->AddPage(dossiers_, "", true);
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->Add(nav_, wxSizerFlags().Expand());
  row->Add(pages_, wxSizerFlags(1).Expand());
  SetSizer(row);
  nav_->Bind(wxEVT_LISTBOX, [this](wxCommandEvent& event) {
    OpenLine(static_cast<std::size_t>(event.GetSelection()));
  });
  OpenLine(0);
  if (auto again = open.Again()) counting_ = std::move(*again);
  ShowCounts();
}

void WorkPanel::OpenLine(std::size_t line) {
  nav_->SetSelection(static_cast<int>(line));
  Place*& place = places_[line];
  if (kNav[line].view) {
    place = dossiers_;
    list_line_ = line;
    dossiers_->ShowView(*kNav[line].view);
  } else if (place == nullptr) {
    place = kNav[line].make(pages_, open_, host_);
    pages_->AddPage(place, "");
  } else {
    place->Reload();
  }
  pages_->SetSelection(static_cast<std::size_t>(pages_->FindPage(place)));
}

void WorkPanel::Open(const char* title) {
  for (std::size_t i = 0; i < std::size(kNav); ++i) {
    if (std::string_view(kNav[i].title) != title) continue;
    OpenLine(i);
    Current().TakeFocus();
    return;
  }
}

bool WorkPanel::Shows(const char* title) const {
  return std::string_view(kNav[static_cast<std::size_t>(nav_->GetSelection())].title) == title;
}

Place& WorkPanel::Current() {
  return *static_cast<Place*>(pages_->GetCurrentPage());
}

void WorkPanel::ShowCounts() {
  if (counting_ == nullptr) return;
  counts_due_ = true;
  if (std::exchange(counts_run_, true)) return;
  counts_due_ = false;
  const auto done = Deliver(*this, [this](const std::vector<std::int64_t>& counts) {
    counts_run_ = false;
    ShowTitles(counts);
    if (counts_due_) ShowCounts();
  });
  worker_.Post([done, desk = counting_] { done(CountLines(*desk)); });
}

void WorkPanel::ShowTitles(const std::vector<std::int64_t>& counts) {
  for (unsigned i = 0; i < counts.size(); ++i) {
    wxString title = T(kNav[i].title);
    if (counts[i] > 0) title += " (" + Wx(text::NumberToScreen(std::to_string(counts[i]))) + ")";
    if (nav_->GetString(i) != title) nav_->SetString(i, title);
  }
}

void WorkPanel::Reload() {
  Current().Reload();
  ShowCounts();
}

void WorkPanel::ReloadLists() {
  if (&Current() == dossiers_)
    dossiers_->ReloadList();
  else
    Current().Reload();
  ShowCounts();
}

void WorkPanel::ShowDossier(const std::string& id) {
  nav_->SetSelection(static_cast<int>(list_line_));
  pages_->SetSelection(static_cast<std::size_t>(pages_->FindPage(dossiers_)));
  dossiers_->ShowDossier(id);
}

const std::string& WorkPanel::Dossier() const {
  return dossiers_->shown();
}

void WorkPanel::FocusFilter() {
  if (&Current() != dossiers_) OpenLine(std::size(kNav) - 1);
  dossiers_->FocusFilter();
}

void WorkPanel::FocusRows() {
  Current().TakeFocus();
}

void WorkPanel::NextPane() {
  if (nav_->HasFocus())
    Current().TakeFocus();
  else if (&Current() != dossiers_ || !dossiers_->FocusNextPane())
    nav_->SetFocus();
}

}  // namespace hoso::ui
