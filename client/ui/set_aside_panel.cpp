#include "client/ui/set_aside_panel.h"

#include <wx/button.h>
#include <wx/scrolwin.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include <algorithm>

#include "client/flows/draft_flow.h"
#include "client/flows/explain.h"
#include "client/flows/step_words.h"
#include "client/ui/text_field.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr int kGap = 12, kCellWidth = 225, kReasonLines = 2;

std::string Version(const flows::AttentionFlow::Settling& one) {
  std::string text = one.aside.id + one.no_adopt + one.no_settle;
  for (const auto& place : one.places) text += "\n" + place.now;
  return text;
}

}  // namespace

SetAsidePanel::SetAsidePanel(wxWindow* parent, flows::OpenDesk& open, Host& host)
    : ChoicePlace(parent, "Để riêng", {{"Việc", 110}, {"Người nộp", 130}, {"Mã hồ sơ", 175}},
                  "Không có thay đổi nào để riêng."),
      open_(open),
      host_(host) {
  Reload();
}

ChoicePlace::Rows SetAsidePanel::Read() {
  Rows read;
  const auto all = flows::AttentionFlow(open_).SetAside(kMost);
  const auto waiting = open_.store().Attention();
  auto lines = flows::AttentionFlow(open_).UnreadableLines();
  if (!all || !waiting || !lines) {
    host_.Tell(flows::Explain(!all ? all.error() : !waiting ? waiting.error() : lines.error()));
    return read;
  }
  dossiers_.clear();
  for (const flows::SetAsideView& one : *all) {
    read.rows.push_back(
        {one.id, {T(flows::KindText(one.kind).c_str()), Wx(one.applicant), Wx(one.code)}});
    dossiers_[one.id] = one.dossier;
  }
  lines_.clear();
  for (auto& line : *lines) {
    const std::string id = "line " + std::to_string(line.position);
    read.rows.push_back({id, {T("dòng không đọc được"), "", ""}});
    lines_[id] = std::move(line);
  }
  read.total = std::max(waiting->set_aside + waiting->unreadable,
                        static_cast<std::int64_t>(read.rows.size()));
  return read;
}

bool SetAsidePanel::Look(const Row& row) {
  const auto line = lines_.find(row.id);
  const bool changed = line_.has_value() != (line != lines_.end());
  line_.reset();
  if (line != lines_.end()) {
    line_ = line->second;
    return true;
  }
  const std::string before = Version(one_);
  auto one = flows::AttentionFlow(open_).Look(dossiers_[row.id], row.id);
  if (!one) {
    host_.Tell(flows::Explain(one.error()));
    return false;
  }
  one_ = *std::move(one);
  const auto typed =
      flows::DraftFlow(open_).One(flows::DraftFlow::AsideKey(one_.aside.dossier), one_.aside.id);
  typed_ = typed ? *typed : "";
  return changed || Version(one_) != before;
}

void SetAsidePanel::FillLine() {
  AddLine(T("Một dòng nhật ký mà máy này không đọc được"), true);
  AddLine(T("Vị trí") + " " + Wx(std::to_string(line_->position)));
  if (!line_->at.empty()) AddLine(ScreenTime(line_->at));
  AddLine(T("Vì sao để riêng"), true);
  AddLine(T(flows::ReasonText(line_->reason).c_str()));
  AddLine(T("Cần làm"), true);
  AddLine(
      T("Cập nhật chương trình; nếu vẫn còn thì báo quản trị tỉnh. Các hồ sơ khác không bị ảnh "
        "hưởng."));
}

void SetAsidePanel::Fill() {
  if (line_) return FillLine();
  const flows::SetAsideView& aside = one_.aside;
  AddLine(Wx(one_.says), true);
  AddLine(Wx(aside.code) + wxString::FromUTF8(" – ") + Wx(aside.applicant));
  AddLine(Wx(aside.author_name.empty() ? aside.author : aside.author_name) + ", " +
          ScreenTime(aside.at));
  AddLine(T("Vì sao để riêng"), true);
  AddLine(T(flows::ReasonText(aside.reason).c_str()));
  AddPlaces();
  AddLine(T("Cần làm"), true);
  AddLine(one_.no_adopt.empty()
              ? T("Nhận lại để thay đổi có hiệu lực từ bây giờ; bỏ qua nếu không còn cần. Cả hai "
                  "đều phải nêu lý do và không xóa gì.")
              : T("Bỏ qua nếu không còn cần, hoặc mở hồ sơ và làm lại bằng tay."));
  AddButtons();
}

void SetAsidePanel::AddPlaces() {
  if (one_.places.empty()) return;
  auto* table = new wxFlexGridSizer(3, FromDIP(wxSize(kGap, 4)));
  column()->Add(table, wxSizerFlags().Border(wxTOP, FromDIP(kGap)));
  const auto add = [&](const wxString& text, bool strong) {
    auto* cell = new wxStaticText(page(), wxID_ANY, text);
    if (strong) cell->SetFont(cell->GetFont().Bold());
    cell->Wrap(FromDIP(kCellWidth));
    table->Add(cell);
  };
  for (const char* title : {"Ô", "Muốn ghi", "Hồ sơ đang có"}) add(T(title), true);
  for (const auto& place : one_.places) {
    add(T(place.label.c_str()), false);
    add(place.wanted.empty() ? wxString::FromUTF8("–") : Wx(place.wanted), false);
    add(Wx(place.now), false);
  }
}

void SetAsidePanel::AddButtons() {
  AddLabel(page(), column(), T("Lý do"));
  auto* reason = MakeTextField(page(), T("Lý do"), typed_, kReasonLines);
  column()->Add(reason, wxSizerFlags().Expand());
  auto* adopt = new wxButton(page(), wxID_ANY, T("Nhận lại"));
  auto* dismiss = new wxButton(page(), wxID_ANY, T("Bỏ qua"));
  auto* open = new wxButton(page(), wxID_ANY, T("Mở hồ sơ"));
  auto* later = new wxButton(page(), wxID_ANY, T("Để sau"));
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  for (wxButton* button : {adopt, dismiss, open, later})
    row->Add(button, wxSizerFlags().Border(wxRIGHT));
  column()->Add(row, wxSizerFlags().Border(wxTOP, FromDIP(kGap)));
  const auto enable = [this, adopt, dismiss] {
    const bool typed = !typed_.empty();
    adopt->Enable(typed && one_.no_adopt.empty());
    dismiss->Enable(typed && one_.no_settle.empty());
  };
  enable();
  if (!one_.no_settle.empty())
    AddLine(T("Bạn không xử lý được ở đây: ") + T(flows::ReasonText(one_.no_settle).c_str()));
  else if (!one_.no_adopt.empty())
    AddLine(T("Chưa nhận lại được: ") + T(flows::ReasonText(one_.no_adopt).c_str()));
  reason->Bind(wxEVT_TEXT, [this, reason, enable](wxCommandEvent& event) {
    event.Skip();
    Type(Utf8(reason->GetValue()));
    enable();
  });
  adopt->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { CallAfter([this] { Settle(true); }); });
  dismiss->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { CallAfter([this] { Settle(false); }); });
  later->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { CallAfter([this] { Next(); }); });
  open->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    CallAfter([this] { host_.ShowDossier(one_.aside.dossier); });
  });
}

void SetAsidePanel::Type(const std::string& text) {
  typed_ = text;
  const std::string key = flows::DraftFlow::AsideKey(one_.aside.dossier);
  host_.Kept(flows::DraftFlow(open_).KeepOne(key, one_.aside.id, text));
}

void SetAsidePanel::Settle(bool adopt) {
  const base::Status done = flows::AttentionFlow(open_).Settle(one_.aside.id, adopt, typed_);
  if (done) Type("");
  // In a turn of its own: the window answers in between.
  CallAfter([this, done] { host_.Acted(done); });
}

}  // namespace hoso::ui
