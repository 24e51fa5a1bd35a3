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
constexpr std::size_t kAtOnce = 5;  // What is in sight without scrolling; the rest follows.
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
  for (const auto make : kSections) {
    sections_.push_back(make(this, work_));
    column->Add(sections_.back(), wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT));
  }
  SetSizer(column);
  SetScrollRate(0, FromDIP(kScrollStep));
  Say(T("Chọn một hồ sơ trong danh sách để xem và xử lý."));
}

void DossierPanel::ShowDossier(const std::string& id) {
  if (work_.draft)
    for (Section* section : sections_) section->Leave();
  ++reading_;
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
  if (message_->IsShown()) Say("");
  ++reading_;
  Display(*view, 0, kAtOnce);
  CallAfter([this, view = *view, reading = reading_] {
    if (reading == reading_) Display(view, kAtOnce, sections_.size());
  });
}

void DossierPanel::Display(const flows::DossierView& view, std::size_t from, std::size_t to) {
  const wxWindowUpdateLocker frozen(this);
  for (std::size_t i = from; i < to; ++i) sections_[i]->Display(view);
  FitInside();
  Layout();
}

void DossierPanel::Say(const wxString& text) {
  message_->SetLabel(text);
  message_->Wrap(FromDIP(kWrap));
  message_->Show(!text.empty());
  for (Section* section : sections_) section->Show(text.empty());
  FitInside();
  Layout();
}

}  // namespace hoso::ui
