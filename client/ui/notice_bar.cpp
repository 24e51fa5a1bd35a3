#include "client/ui/notice_bar.h"

#include <wx/button.h>
#include <wx/settings.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr int kWrap = 900;

}  // namespace

NoticeBar::NoticeBar(wxWindow* parent) : wxPanel(parent) {
  SetBackgroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_INFOBK));
  SetForegroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_INFOTEXT));
  row_ = new wxBoxSizer(wxHORIZONTAL);
  SetSizer(row_);
  Hide();
}

void NoticeBar::Tell(const flows::Message& message, const Offer& offer) {
  row_->Clear(true);
  auto* column = new wxBoxSizer(wxVERTICAL);
  const auto line = [&](const wxString& text, bool strong) {
    auto* label = new wxStaticText(this, wxID_ANY, text);
    if (strong) label->SetFont(label->GetFont().Bold());
    label->Wrap(FromDIP(kWrap));
    column->Add(label);
  };
  line(T(message.what.c_str()), true);
  if (!message.why.empty()) line(T("Vì: ") + T(message.why.c_str()) + ".", false);
  if (!message.todo.empty()) line(T(message.todo.c_str()), false);
  row_->Add(column, wxSizerFlags(1).Border().CenterVertical());
  if (!offer.title.empty()) {
    auto* act = new wxButton(this, wxID_ANY, offer.title);
    // The bar is gone before the offer runs: it may tell something itself.
    act->Bind(wxEVT_BUTTON, [this, run = offer.run](wxCommandEvent&) {
      CallAfter([this, run] {
        Clear();
        run();
      });
    });
    row_->Add(act, wxSizerFlags().Border().CenterVertical());
  }
  auto* close = new wxButton(this, wxID_ANY, T("Đã hiểu"));
  close->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { CallAfter([this] { Clear(); }); });
  row_->Add(close, wxSizerFlags().Border().CenterVertical());
  Show();
  GetParent()->Layout();
  // GTK leaves parts of a bar that appears unpainted.
  CallAfter([this] { GetParent()->Refresh(); });
}

void NoticeBar::Clear() {
  if (!IsShown()) return;
  Hide();
  row_->Clear(true);
  GetParent()->Layout();
}

}  // namespace hoso::ui
