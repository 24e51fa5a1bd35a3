#include "client/ui/settings_panel.h"

#include <wx/button.h>
#include <wx/choice.h>
#include <wx/sizer.h>
#include <wx/spinctrl.h>
#include <wx/stattext.h>

#include <algorithm>
#include <iterator>

#include "client/flows/backup_flow.h"
#include "client/flows/explain.h"
#include "client/ui/words.h"
#include "common/text/format.h"

namespace hoso::ui {
namespace {

constexpr const char* kLanguages[] = {"vi", "en"};
constexpr const char* kLanguageNames[] = {"Tiếng Việt", "Tiếng Anh"};
constexpr float kTitleScale = 1.5F;
constexpr int kMargin = 24, kGap = 8;

wxStaticText* AddTitle(wxWindow* parent, wxSizer* column, const char* text) {
  auto* title = new wxStaticText(parent, wxID_ANY, T(text));
  title->SetFont(title->GetFont().Scaled(kTitleScale));
  column->Add(title, wxSizerFlags().Border(wxTOP | wxBOTTOM, parent->FromDIP(kGap)));
  return title;
}

wxString SizeText(std::int64_t bytes) {
  constexpr std::int64_t kKilo = 1024;
  const std::int64_t kilos = (bytes + kKilo - 1) / kKilo;
  const auto number = [](std::int64_t n) { return Wx(text::NumberToScreen(std::to_string(n))); };
  return kilos < kKilo ? number(kilos) + " KB" : number(kilos / kKilo) + " MB";
}

}  // namespace

SettingsPanel::SettingsPanel(wxWindow* parent, const flows::DeskFolder& folder,
                             flows::Settings settings, Changed changed,
                             std::function<void()> closed)
    : wxPanel(parent), settings_(std::move(settings)), changed_(std::move(changed)) {
  auto* column = new wxBoxSizer(wxVERTICAL);
  AddTitle(this, column, "Cài đặt");
  auto* grid = new wxFlexGridSizer(2, FromDIP(wxSize(kMargin, kGap)));
  const auto row = [&](const char* label, auto make) {
    grid->Add(new wxStaticText(this, wxID_ANY, T(label)), wxSizerFlags().CenterVertical());
    auto* control = make();
    SetAccessibleName(*control, T(label));
    grid->Add(control, wxSizerFlags().Expand());
    return control;
  };
  size_ = row("Cỡ chữ", [this] { return new wxChoice(this, wxID_ANY); });
  for (const int percent : flows::kTextPercents) size_->Append(wxString::Format("%d %%", percent));
  language_ = row("Ngôn ngữ", [this] { return new wxChoice(this, wxID_ANY); });
  for (const char* name : kLanguageNames) language_->Append(T(name));
  minutes_ = row("Tự khóa khi không dùng (phút)", [this] {
    return new wxSpinCtrl(this, wxID_ANY, "", wxDefaultPosition, wxDefaultSize, wxSP_ARROW_KEYS, 1,
                          flows::kMaxLockMinutes, settings_.lock_minutes);
  });
  column->Add(grid);
  column->Add(new wxStaticText(this, wxID_ANY, T("Thay đổi có hiệu lực ngay.")),
              wxSizerFlags().Border(wxTOP, FromDIP(kGap)));
  AddBackups(column, folder);
  auto* done = new wxButton(this, wxID_ANY, T("Xong"));
  column->Add(done, wxSizerFlags().Border(wxTOP, FromDIP(kMargin)));
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(column, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(kMargin)));
  SetSizer(outer);

  const auto* percent = std::find(std::begin(flows::kTextPercents), std::end(flows::kTextPercents),
                                  settings_.text_percent);
  size_->SetSelection(static_cast<int>(percent - std::begin(flows::kTextPercents)));
  language_->SetSelection(settings_.language == kLanguages[0] ? 0 : 1);
  size_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { Read(); });
  language_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { Read(); });
  minutes_->Bind(wxEVT_SPINCTRL, [this](wxSpinEvent&) { Read(); });
  done->Bind(wxEVT_BUTTON, [closed = std::move(closed)](wxCommandEvent&) { closed(); });
  size_->SetFocus();
}

void SettingsPanel::AddBackups(wxSizer* column, const flows::DeskFolder& folder) {
  AddTitle(this, column, "Bản sao lưu");
  const auto backups = flows::Backups(folder);
  wxString text;
  if (!backups)
    text = T(flows::Explain(backups.error()).why.c_str());
  else if (backups->empty())
    text = T("Chưa có bản sao lưu nào; mỗi ngày mở máy có một bản.");
  else
    for (const flows::BackupView& backup : *backups)
      text += Wx(text::DateToScreen(backup.at)) + wxString::FromUTF8("  ·  ") +
              SizeText(backup.bytes) + "\n";
  column->Add(new wxStaticText(this, wxID_ANY, text.Trim()));
}

void SettingsPanel::Read() {
  settings_.text_percent = flows::kTextPercents[size_->GetSelection()];
  settings_.language = kLanguages[language_->GetSelection()];
  settings_.lock_minutes = minutes_->GetValue();
  // A change of language takes the page away, and this is in the middle of its event.
  CallAfter([changed = changed_, settings = settings_] { changed(settings); });
}

}  // namespace hoso::ui
