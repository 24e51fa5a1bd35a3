#include "client/ui/dossier_panel.h"

#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/wupdlock.h>

#include "client/flows/explain.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr Section* (*kSections[])(wxWindow*, DossierWork&) = {
    MakeSummary, MakeApproval, MakeSteps, MakeAssignment,
    MakeFields,  MakePapers,   MakeNotes, MakeHistory};
constexpr std::size_t kAtOnce = 5;  // After an act: what is in sight without scrolling.
constexpr std::int64_t kTurnMs = 15;
constexpr int kScrollStep = 16, kWrap = 390;

}  // namespace

DossierPanel::DossierPanel(wxWindow* parent, flows::OpenDesk& open, Host& host)
    : wxScrolledWindow(parent),
      work_{open,
            host,
            "",
            std::nullopt,
            {},
            [this] { Reload(); },
            [this] {
              FitInside();
              Layout();
            }} {
  work_.acted = [this](const base::Status& status) {
    work_.host.Acted(status);
    Reload();
  };
  auto* column = new wxBoxSizer(wxVERTICAL);
  message_ = new wxStaticText(this, wxID_ANY, "");
  column->Add(message_, wxSizerFlags().Border());
  SetSizer(column);
  SetScrollRate(0, FromDIP(kScrollStep));
  rest_.SetOwner(this);
  Bind(wxEVT_TIMER, [this](wxTimerEvent&) { DisplayMore(0, Now()); });
  Say(T("Chọn một hồ sơ trong danh sách để xem và xử lý."));
}

void DossierPanel::ShowDossier(const std::string& id) {
  if (work_.draft)
    for (Section* section : sections_) section->Leave();
  work_.id = id;
  work_.draft.reset();
  if (!id.empty()) {
    auto draft = flows::EditDraft::Open(work_.open, id);
    if (draft) work_.draft = *std::move(draft);
  }
  Scroll(0, 0);
  Reload();
}

void DossierPanel::Reload() {
  const wxWindowUpdateLocker frozen(this);
  const std::int64_t began_ms = Now();
  if (work_.id.empty()) {
    Say(T("Chọn một hồ sơ trong danh sách để xem và xử lý."));
    return;
  }
  const auto view = flows::ShowDossier(work_.open, work_.id);
  if (!view || !work_.draft) {
    Say(view ? T("Chưa đọc được chữ đang gõ dở của hồ sơ này.")
             : T(flows::Explain(view.error()).why.c_str()));
    return;
  }
  message_->Hide();
  view_ = *view;
  next_ = 0;
  DisplayMore(displayed_ == work_.id ? kAtOnce : 1, began_ms);
}

std::int64_t DossierPanel::Now() const {
  return work_.open.tools().clock.MonotonicMs();
}

void DossierPanel::DisplayMore(std::size_t at_least, std::int64_t began_ms) {
  const wxWindowUpdateLocker frozen(this);
  const auto in_time = [&] { return Now() - began_ms < kTurnMs; };
  for (; next_ < std::size(kSections) && (next_ < at_least || in_time()); ++next_) {
    if (next_ == sections_.size()) {
      sections_.push_back(kSections[next_](this, work_));
      GetSizer()->Add(sections_.back(), wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT));
    }
    sections_[next_]->Show();
    sections_[next_]->Display(view_);
  }
  if (next_ < std::size(kSections)) {
    // What still stands there is of another dossier.
    for (std::size_t i = next_; i < sections_.size() && displayed_ != work_.id; ++i)
      sections_[i]->Hide();
    rest_.StartOnce(1);
  } else {
    displayed_ = work_.id;
  }
  FitInside();
  Layout();
}

void DossierPanel::Say(const wxString& text) {
  rest_.Stop();
  displayed_.clear();
  message_->SetLabel(text);
  message_->Wrap(FromDIP(kWrap));
  message_->Show();
  for (Section* section : sections_) section->Hide();
  FitInside();
  Layout();
}

}  // namespace hoso::ui
