#include "client/ui/paper_choices.h"

#include <wx/radiobut.h>
#include <wx/sizer.h>
#include <wx/statline.h>
#include <wx/stattext.h>
#include <wx/wupdlock.h>

#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr int kWrap = 640;
constexpr std::pair<const char*, const char*> kStatuses[] = {
    {"have", "Bản chính"}, {"copy", "Bản sao"}, {"missing", "Chưa có"}};

}  // namespace

PaperChoices::PaperChoices(wxWindow* parent, Chosen chosen)
    : wxScrolledWindow(parent), chosen_(std::move(chosen)) {
  SetScrollRate(0, FromDIP(16));
  SetSizer(new wxBoxSizer(wxVERTICAL));
}

void PaperChoices::Show(const flows::IntakeForm& form) {
  const wxWindowUpdateLocker frozen(this);
  GetSizer()->Clear(true);
  first_ = nullptr;
  const catalog::Case* the_case = form.the_case();
  if (the_case == nullptr) {
    GetSizer()->Add(new wxStaticText(this, wxID_ANY, T("Chưa chọn thủ tục ở bước 2.")));
  } else {
    for (const catalog::Component& paper : the_case->components) {
      const std::string status = form.Get("paper." + paper.key);
      AddPaper(paper, status.empty() ? "missing" : status);
    }
  }
  Layout();
  FitInside();
}

void PaperChoices::AddPaper(const catalog::Component& paper, const std::string& status) {
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  long style = wxRB_GROUP;
  for (const auto& [word, words] : kStatuses) {
    auto* radio =
        new wxRadioButton(this, wxID_ANY, T(words), wxDefaultPosition, wxDefaultSize, style);
    style = 0;
    radio->SetValue(status == word);
    SetAccessibleName(*radio, T(words) + ": " + Wx(paper.name));
    if (first_ == nullptr && status == word) first_ = radio;
    row->Add(radio, wxSizerFlags().CentreVertical().DoubleBorder(wxRIGHT));
    radio->Bind(wxEVT_RADIOBUTTON,
                [this, key = paper.key, chosen = word](wxCommandEvent&) { chosen_(key, chosen); });
  }
  const wxString title = Wx(paper.name) + (paper.optional ? " (" + T("nếu có") + ")" : wxString());
  auto* name = new wxStaticText(this, wxID_ANY, title);
  name->Wrap(FromDIP(kWrap));
  row->Add(name, wxSizerFlags(1).CentreVertical().Border(wxLEFT));
  GetSizer()->Add(row, wxSizerFlags().Expand().Border(wxTOP | wxBOTTOM));
  GetSizer()->Add(new wxStaticLine(this), wxSizerFlags().Expand());
}

void PaperChoices::TakeFocus() {
  if (first_ != nullptr) first_->SetFocus();
}

}  // namespace hoso::ui
