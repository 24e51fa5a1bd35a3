#include "client/ui/settings_panel.h"

#include <wx/button.h>
#include <wx/checkbox.h>
#include <wx/choice.h>
#include <wx/sizer.h>
#include <wx/spinctrl.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include <string_view>
#include <utility>

#include "client/flows/backup_flow.h"
#include "client/flows/explain.h"
#include "client/ui/words.h"
#include "common/text/format.h"

namespace hoso::ui {
namespace {

constexpr float kTitleScale = 1.5F, kPartScale = 1.2F;
constexpr int kMargin = 24, kGap = 8, kTextWidth = 320;

void AddTitle(wxWindow* parent, wxSizer* column, const wxString& text, float scale) {
  auto* title = new wxStaticText(parent, wxID_ANY, text);
  title->SetFont(title->GetFont().Scaled(scale));
  column->Add(title, wxSizerFlags().Border(wxTOP | wxBOTTOM, parent->FromDIP(kGap)));
}

wxString SizeText(std::int64_t bytes) {
  constexpr std::int64_t kKilo = 1024;
  const std::int64_t kilos = (bytes + kKilo - 1) / kKilo;
  const auto number = [](std::int64_t n) { return Wx(text::NumberToScreen(std::to_string(n))); };
  return kilos < kKilo ? number(kilos) + " KB" : number(kilos / kKilo) + " MB";
}

}  // namespace

SettingsPanel::SettingsPanel(wxWindow* parent, const flows::DeskFolder& folder,
                             const flows::Tools& tools, flows::Settings settings, Changed changed,
                             std::function<void()> closed)
    : wxScrolledWindow(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                       wxVSCROLL | wxTAB_TRAVERSAL),
      settings_(std::move(settings)),
      changed_(std::move(changed)) {
  const config::Config in_force = flows::InForce(settings_, tools);
  language_ = in_force.Text(config::Key::kUiLanguage);
  auto* column = new wxBoxSizer(wxVERTICAL);
  AddTitle(this, column, T("Cài đặt"), kTitleScale);
  column->Add(new wxStaticText(this, wxID_ANY, T("Thay đổi có hiệu lực ngay.")));
  for (const config::Category& category : config::Categories()) {
    auto* grid = new wxFlexGridSizer(3, FromDIP(wxSize(kMargin, kGap)));
    for (const config::Entry& entry : config::Schema())
      if (entry.category == std::string_view(category.key)) AddRow(grid, entry, in_force);
    if (grid->IsEmpty()) {
      delete grid;
      continue;
    }
    AddTitle(this, column, Wx(category.label.In(language_)), kPartScale);
    column->Add(grid);
    if (category.key == std::string_view("proxy")) AddPassword(column, folder);
  }
  AddBackups(column, folder);
  auto* done = new wxButton(this, wxID_ANY, T("Xong"));
  column->Add(done, wxSizerFlags().Border(wxTOP, FromDIP(kMargin)));
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(column, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(kMargin)));
  SetSizer(outer);
  SetScrollRate(0, FromDIP(kGap));
  done->Bind(wxEVT_BUTTON, [closed = std::move(closed)](wxCommandEvent&) { closed(); });
  for (wxWindow* child : GetChildren())
    if (child->IsFocusable()) {
      child->SetFocus();
      break;
    }
}

void SettingsPanel::AddRow(wxFlexGridSizer* grid, const config::Entry& entry,
                           const config::Config& in_force) {
  const config::Setting& setting = in_force.Of(entry.key);
  // What only the keeper may set concerns nobody here until it was set.
  if (entry.scope == config::Scope::kMachine && !setting.locked) return;
  const wxString label = Wx(entry.label.In(language_));
  grid->Add(new wxStaticText(this, wxID_ANY, label), wxSizerFlags().CenterVertical());
  auto* note =
      new wxStaticText(this, wxID_ANY, setting.locked ? T("Do người quản trị máy đặt") : "");
  wxWindow* control =
      MakeControl(entry, setting.value, [this, note, &entry](const std::string& value) {
        const std::string why = settings_.Choose(entry, value);
        note->SetLabel(why.empty() ? "" : Wx(flows::ReasonText(why)));
        if (!why.empty()) return;
        // A change of language takes the page away, and this is in the middle of its event.
        CallAfter([changed = changed_, settings = settings_] { changed(settings); });
      });
  SetAccessibleName(*control, label);
  control->SetToolTip(Wx(entry.help.In(language_)));
  control->Enable(!setting.locked);
  grid->Add(control, wxSizerFlags().Expand().CenterVertical());
  grid->Add(note, wxSizerFlags().CenterVertical());
}

wxWindow* SettingsPanel::MakeControl(const config::Entry& entry, const std::string& value,
                                     std::function<void(std::string)> chosen) {
  switch (entry.type) {
    case config::Type::kChoice: {
      auto* choice = new wxChoice(this, wxID_ANY);
      for (const config::Choice& one : entry.choices) {
        choice->Append(Wx(one.label.In(language_)));
        if (value == one.value) choice->SetSelection(static_cast<int>(choice->GetCount()) - 1);
      }
      choice->Bind(wxEVT_CHOICE, [&entry, chosen](wxCommandEvent& event) {
        chosen(entry.choices[static_cast<std::size_t>(event.GetSelection())].value);
      });
      return choice;
    }
    case config::Type::kNumber: {
      auto* number = new wxSpinCtrl(this, wxID_ANY, "", wxDefaultPosition, wxDefaultSize,
                                    wxSP_ARROW_KEYS, entry.low, entry.high, std::stoi(value));
      number->Bind(wxEVT_SPINCTRL,
                   [chosen](wxSpinEvent& event) { chosen(std::to_string(event.GetPosition())); });
      return number;
    }
    case config::Type::kFlag: {
      auto* flag = new wxCheckBox(this, wxID_ANY, "");
      flag->SetValue(value == "1");
      flag->Bind(wxEVT_CHECKBOX,
                 [chosen](wxCommandEvent& event) { chosen(event.IsChecked() ? "1" : "0"); });
      return flag;
    }
    case config::Type::kText:
      break;
  }
  auto* text =
      new wxTextCtrl(this, wxID_ANY, Wx(value), wxDefaultPosition, FromDIP(wxSize(kTextWidth, -1)));
  text->SetMaxLength(config::kMaxValue / 4);  // Letters of up to four octets.
  text->Bind(wxEVT_TEXT, [text, chosen](wxCommandEvent&) { chosen(Utf8(text->GetValue())); });
  return text;
}

void SettingsPanel::AddPassword(wxSizer* column, const flows::DeskFolder& folder) {
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  auto* typed = new wxTextCtrl(this, wxID_ANY, "", wxDefaultPosition,
                               FromDIP(wxSize(kTextWidth, -1)), wxTE_PASSWORD);
  SetAccessibleName(*typed, T("Mật khẩu máy trung gian"));
  auto* keep = new wxButton(this, wxID_ANY, T("Giữ mật khẩu"));
  auto* note = new wxStaticText(this, wxID_ANY, "");
  for (wxWindow* part : std::initializer_list<wxWindow*>{
           new wxStaticText(this, wxID_ANY, T("Mật khẩu máy trung gian")), typed, keep, note})
    row->Add(part, wxSizerFlags().CenterVertical().Border(wxRIGHT, FromDIP(kGap)));
  column->Add(row, wxSizerFlags().Border(wxTOP, FromDIP(kGap)));
  keep->Bind(wxEVT_BUTTON, [folder, typed, note](wxCommandEvent&) {
    const base::Status kept = folder.KeepProxyPassword(crypto::Secret(Utf8(typed->GetValue())));
    if (kept) typed->Clear();
    note->SetLabel(kept ? T("Đã giữ, chỉ máy này đọc được.")
                        : T(flows::Explain(kept.error()).why.c_str()));
  });
}

void SettingsPanel::AddBackups(wxSizer* column, const flows::DeskFolder& folder) {
  AddTitle(this, column, T("Bản sao lưu"), kPartScale);
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

}  // namespace hoso::ui
