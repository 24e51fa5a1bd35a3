#include "client/ui/conflicts_panel.h"

#include <wx/button.h>
#include <wx/scrolwin.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include <algorithm>

#include "client/flows/act_words.h"
#include "client/flows/attention_flow.h"
#include "client/flows/draft_flow.h"
#include "client/flows/explain.h"
#include "client/ui/text_field.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr int kColumns = 3, kColumnWidth = 225, kGap = 12;
constexpr float kValueScale = 1.15f;

std::string Version(const flows::ConflictView& conflict) {
  std::string text = conflict.id + (conflict.unsent ? "?" : "");
  for (const flows::ValueView& value : conflict.values) text += " " + value.id;
  return text;
}

}  // namespace

ConflictsPanel::ConflictsPanel(wxWindow* parent, flows::OpenDesk& open, Host& host)
    : ChoicePlace(parent, "Xung đột", {{"Ô", 110}, {"Người nộp", 130}, {"Mã hồ sơ", 175}},
                  "Không có xung đột nào cần giải quyết."),
      open_(open),
      host_(host) {
  Bind(wxEVT_CHAR_HOOK, &ConflictsPanel::Key, this);
  Reload();
}

ChoicePlace::Rows ConflictsPanel::Read() {
  Rows read;
  const auto all = flows::AttentionFlow(open_).Conflicts("", kMost);
  const auto waiting = open_.store().Attention();
  if (!all || !waiting) {
    host_.Tell(flows::Explain(all ? waiting.error() : all.error()));
    return read;
  }
  for (const flows::ConflictView& one : *all)
    read.rows.push_back({one.id, {T(one.label.c_str()), Wx(one.applicant), Wx(one.code)}});
  read.total = std::max(waiting->conflicts, static_cast<std::int64_t>(all->size()));
  return read;
}

bool ConflictsPanel::Look(const Row& row) {
  const std::string before = Version(conflict_);
  auto conflict = flows::AttentionFlow(open_).Conflict(row.id);
  if (!conflict) {
    host_.Tell(flows::Explain(conflict.error()));
    return false;
  }
  conflict_ = *std::move(conflict);
  const auto typed =
      flows::DraftFlow(open_).One(flows::DraftFlow::ConflictKey(conflict_.dossier), conflict_.id);
  typed_ = typed ? *typed : "";
  held_ = conflict_.values.front().id;
  std::stable_sort(conflict_.values.begin(), conflict_.values.end(),
                   [](const auto& a, const auto& b) { return a.mine && !b.mine; });
  return Version(conflict_) != before;
}

wxString ConflictsPanel::TitleOf(const flows::ValueView& value) const {
  const auto mine = std::count_if(conflict_.values.begin(), conflict_.values.end(),
                                  [](const auto& one) { return one.mine; });
  if (value.mine) return T("Của tôi");
  if (mine == 1 && conflict_.values.size() == 2) return T("Của người khác");
  return T("Của") + " " + Wx(value.author_name.empty() ? value.author : value.author_name);
}

void ConflictsPanel::Fill() {
  AddLine(T(conflict_.label.c_str()), true);
  AddLine(Wx(conflict_.code) + wxString::FromUTF8(" – ") + Wx(conflict_.applicant));
  AddLine(T(flows::WhyText(conflict_).c_str()));
  if (conflict_.unsent) {
    AddLine(T("Có giá trị còn trên máy này: đối chiếu với tỉnh xong mới chọn được."), true);
    auto* sync = new wxButton(page(), wxID_ANY, T("Đối chiếu với tỉnh"));
    column()->Add(sync, wxSizerFlags().Border(wxTOP));
    sync->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { host_.Synchronise(); });
  }
  auto* columns = new wxFlexGridSizer(kColumns, FromDIP(wxSize(kGap, kGap)));
  for (std::size_t i = 0; i < kColumns; ++i) columns->AddGrowableCol(i, 1);
  column()->Add(columns, wxSizerFlags().Expand().Border(wxTOP, FromDIP(kGap)));
  AddValue(columns, T("Bản gốc"), conflict_.base ? &*conflict_.base : nullptr);
  for (const flows::ValueView& value : conflict_.values) AddValue(columns, TitleOf(value), &value);
  AddNewValue();
}

void ConflictsPanel::AddValue(wxSizer* columns, const wxString& title,
                              const flows::ValueView* value) {
  auto* card = new wxBoxSizer(wxVERTICAL);
  columns->Add(card, wxSizerFlags().Expand());
  const auto add = [&](const wxString& text, bool strong, float scale = 1) {
    auto* line = new wxStaticText(page(), wxID_ANY, text);
    if (strong) line->SetFont(line->GetFont().Bold());
    line->SetFont(line->GetFont().Scaled(scale));
    line->Wrap(FromDIP(kColumnWidth));
    card->Add(line, wxSizerFlags().Border(wxBOTTOM, FromDIP(4)));
  };
  add(title, true);
  if (value == nullptr) {
    add(T("(trống)"), false, kValueScale);
    return;
  }
  add(Wx(flows::ValueText(open_, conflict_.field, value->value)), false, kValueScale);
  add(Wx(value->author_name.empty() ? value->author : value->author_name), false);
  add(ScreenTime(value->at), false);
  const auto place = std::find_if(conflict_.values.begin(), conflict_.values.end(),
                                  [&](const flows::ValueView& one) { return one.id == value->id; });
  if (place == conflict_.values.end()) return;
  const bool held = value->id == held_;
  if (held) add(T("Hồ sơ đang giữ giá trị này"), false);
  const auto number = static_cast<std::size_t>(place - conflict_.values.begin());
  const wxString whose = title.Mid(0, 1).Lower() + title.Mid(1);
  auto* keep = new wxButton(page(), wxID_ANY, T("Giữ") + " " + whose);
  keep->SetToolTip(wxString::Format("Alt+%zu", number + 1));
  if (held) keep->SetFont(keep->GetFont().Bold());
  keep->Enable(!conflict_.unsent);
  card->AddStretchSpacer();
  card->Add(keep, wxSizerFlags().Expand());
  keep->Bind(wxEVT_BUTTON, [this, number](wxCommandEvent&) { Keep(number); });
}

void ConflictsPanel::AddNewValue() {
  AddLine(T("Giá trị mới"), true);
  auto* text = MakeTextField(page(), T("Giá trị mới"), typed_);
  auto* use = new wxButton(page(), wxID_ANY, T("Dùng giá trị mới"));
  use->Enable(!conflict_.unsent && !typed_.empty());
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->Add(text, wxSizerFlags(1).CenterVertical().Border(wxRIGHT));
  row->Add(use);
  column()->Add(row, wxSizerFlags().Expand().Border(wxTOP, FromDIP(4)));
  auto* later = new wxButton(page(), wxID_ANY, T("Để sau"));
  auto* open = new wxButton(page(), wxID_ANY, T("Mở hồ sơ"));
  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  buttons->Add(later, wxSizerFlags().Border(wxRIGHT));
  buttons->Add(open);
  column()->Add(buttons, wxSizerFlags().Border(wxTOP, FromDIP(kGap)));
  AddLine(
      T("Alt+1, Alt+2…: giữ giá trị thứ nhất, thứ hai · Ctrl+Enter: giữ giá trị hồ sơ đang giữ"));
  text->Bind(wxEVT_TEXT, [this, text, use](wxCommandEvent& event) {
    event.Skip();
    Type(Utf8(text->GetValue()));
    use->Enable(!conflict_.unsent && !typed_.empty());
  });
  use->Bind(wxEVT_BUTTON,
            [this](wxCommandEvent&) { CallAfter([this] { Resolve(std::nullopt, typed_); }); });
  later->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { CallAfter([this] { Next(); }); });
  open->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    CallAfter([this] { host_.ShowDossier(conflict_.dossier); });
  });
}

void ConflictsPanel::Type(const std::string& text) {
  typed_ = text;
  const std::string key = flows::DraftFlow::ConflictKey(conflict_.dossier);
  host_.Kept(flows::DraftFlow(open_).KeepOne(key, conflict_.id, text));
}

void ConflictsPanel::Keep(std::size_t number) {
  if (number >= conflict_.values.size()) return;
  // Later: the button that was pressed is made anew.
  CallAfter([this, id = conflict_.values[number].id] { Resolve(id, std::nullopt); });
}

void ConflictsPanel::Resolve(const std::optional<std::string>& keep,
                             const std::optional<std::string>& value) {
  const base::Status done = flows::AttentionFlow(open_).Resolve(conflict_.id, keep, value);
  if (done && !typed_.empty()) Type("");
  // In a turn of its own: the window answers in between.
  CallAfter([this, done] { host_.Acted(done); });
}

void ConflictsPanel::Key(wxKeyEvent& event) {
  const int key = event.GetKeyCode();
  if (event.GetModifiers() == wxMOD_ALT && key >= '1' && key <= '9') {
    Keep(static_cast<std::size_t>(key - '1'));
  } else if (event.GetModifiers() == wxMOD_CONTROL &&
             (key == WXK_RETURN || key == WXK_NUMPAD_ENTER)) {
    const auto held = std::find_if(conflict_.values.begin(), conflict_.values.end(),
                                   [&](const auto& value) { return value.id == held_; });
    Keep(static_cast<std::size_t>(held - conflict_.values.begin()));
  } else {
    event.Skip();
  }
}

}  // namespace hoso::ui
