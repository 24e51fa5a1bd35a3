#include "client/ui/drafts_place.h"

#include <wx/button.h>
#include <wx/scrolwin.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/wupdlock.h>

#include <vector>

#include "client/flows/draft_flow.h"
#include "client/flows/draft_view.h"
#include "client/flows/explain.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr int kWrap = 640;

wxString Title(const flows::DraftView& draft) {
  const wxString name = draft.title.empty() ? T("chưa có tên người nộp") : Wx(draft.title);
  return (draft.dossier.empty() ? T("Tiếp nhận: ") : T("Đang sửa: ")) + name;
}

std::vector<wxString> Details(const flows::DraftView& draft) {
  std::vector<wxString> lines = {T("Gõ lần cuối: ") + ScreenTime(draft.at)};
  for (const std::string& reason : draft.missing)
    lines.push_back(T("Còn thiếu: ") + T(flows::ReasonText(reason).c_str()));
  for (const std::string& label : draft.labels)
    lines.push_back(T("Chữ chưa ghi vào hồ sơ ở ô: ") + T(label.c_str()));
  return lines;
}

}  // namespace

DraftsPlace::DraftsPlace(wxWindow* parent, flows::OpenDesk& open, Host& host)
    : Place(parent), open_(open), host_(host) {
  page_ = new wxScrolledWindow(this);
  page_->SetScrollRate(0, FromDIP(16));
  page_->SetSizer(new wxBoxSizer(wxVERTICAL));
  auto* all = new wxBoxSizer(wxVERTICAL);
  all->Add(page_, wxSizerFlags(1).Expand().DoubleBorder());
  SetSizer(all);
  Reload();
}

void DraftsPlace::Reload() {
  const wxWindowUpdateLocker frozen(page_);
  wxSizer* column = page_->GetSizer();
  column->Clear(true);
  const auto add = [&](const wxString& text, bool strong) {
    auto* label = new wxStaticText(page_, wxID_ANY, text);
    if (strong) label->SetFont(label->GetFont().Bold());
    label->Wrap(FromDIP(kWrap));
    column->Add(label, wxSizerFlags().Border(strong ? wxTOP : 0));
  };
  const auto drafts = flows::DraftViews(open_);
  if (!drafts) {
    host_.Tell(flows::Explain(drafts.error()));
    return;
  }
  if (drafts->empty()) add(T("Không có gì đang nhập dở."), false);
  for (const flows::DraftView& draft : *drafts) {
    add(Title(draft), true);
    for (const wxString& line : Details(draft)) add(line, false);
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    auto* go_on = new wxButton(page_, wxID_ANY, T("Làm tiếp"));
    SetAccessibleName(*go_on, T("Làm tiếp") + ": " + Title(draft));
    row->Add(go_on);
    go_on->Bind(wxEVT_BUTTON, [this, draft](wxCommandEvent&) {
      CallAfter([this, draft] {
        if (draft.dossier.empty())
          host_.Receive(draft.key);
        else if (*draft.place != '\0')
          host_.Open(draft.place);
        else
          host_.ShowDossier(draft.dossier);
      });
    });
    auto* drop = new wxButton(page_, wxID_ANY, T("Bỏ"));
    SetAccessibleName(*drop, T("Bỏ") + ": " + Title(draft));
    row->Add(drop, wxSizerFlags().Border(wxLEFT));
    drop->Bind(wxEVT_BUTTON,
               [this, key = draft.key](wxCommandEvent&) { CallAfter([this, key] { Drop(key); }); });
    column->Add(row, wxSizerFlags().Border(wxBOTTOM));
  }
  page_->FitInside();
  page_->Layout();
}

void DraftsPlace::Drop(const std::string& key) {
  flows::DraftFlow drafts(open_);
  const auto values = drafts.Of(key);
  const auto dropped = values ? drafts.Drop(key) : base::Status(values.error());
  host_.Kept(dropped);
  if (!dropped) return;
  host_.Tell({"Đã bỏ bản nhập dở.", "", ""},
             {T("Hoàn tác"), [this, key, values = *values] {
                host_.Kept(flows::DraftFlow(open_).Keep(key, values));
                Reload();
              }});
  Reload();
}

void DraftsPlace::TakeFocus() {
  page_->SetFocus();
}

}  // namespace hoso::ui
