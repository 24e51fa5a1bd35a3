#include "client/ui/about_panel.h"

#include <wx/button.h>
#include <wx/checklst.h>
#include <wx/filedlg.h>
#include <wx/platinfo.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/utils.h>

#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr float kTitleScale = 1.5F;
constexpr int kMargin = 24, kGap = 8;
constexpr std::size_t kMostShown = 200'000;  // Octets.

/// Names and licences as their authors write them.
constexpr const char* kLibraries =
    "wxWidgets (wxWindows Library Licence) · GTK (LGPL 2.1) · SQLCipher (BSD) · SQLite · "
    "OpenSSL (Apache 2.0) · libsodium (ISC) · POCO (BSL 1.0) · SOCI (BSL 1.0) · "
    "nlohmann/json (MIT) · utf8proc (MIT) · zstd (BSD) · libharu (ZLIB) · "
    "libqrencode (LGPL 2.1) · Noto Sans (OFL 1.1)";

void AddText(wxWindow* parent, wxSizer* column, const wxString& text, bool title = false) {
  auto* line = new wxStaticText(parent, wxID_ANY, text);
  if (title) line->SetFont(line->GetFont().Scaled(kTitleScale));
  column->Add(line, wxSizerFlags().Border(wxBOTTOM, parent->FromDIP(kGap)));
}

/// A text to read and to copy from, as wide as the page.
wxTextCtrl* AddReading(wxWindow* parent, wxSizer* column, const char* name, const wxString& text,
                       int share) {
  AddText(parent, column, T(name));
  auto* reading = new wxTextCtrl(parent, wxID_ANY, text, wxDefaultPosition, wxDefaultSize,
                                 wxTE_MULTILINE | wxTE_READONLY);
  SetAccessibleName(*reading, T(name));
  column->Add(reading, wxSizerFlags(share).Expand().Border(wxBOTTOM, parent->FromDIP(kGap)));
  return reading;
}

flows::SupportSource WithSystem(flows::SupportSource source) {
  source.system = Utf8(wxGetOsDescription() + ", wxWidgets " + wxVERSION_NUM_DOT_STRING);
  return source;
}

/// As much of a long log as a control shows without a halt.
wxString Beginning(const std::string& text) {
  const std::size_t end = text.size() <= kMostShown ? text.size() : text.rfind('\n', kMostShown);
  return Wx(text.substr(0, end)) + (end < text.size() ? wxString::FromUTF8("\n…") : wxString());
}

}  // namespace

AboutPanel::AboutPanel(wxWindow* parent, flows::SupportSource source, Host& host,
                       std::function<void()> closed)
    : wxPanel(parent),
      host_(host),
      source_(WithSystem(std::move(source))),
      entries_(flows::SupportEntries(source_)) {
  auto* column = new wxBoxSizer(wxVERTICAL);
  AddText(this, column, T("Thông tin chương trình"), true);
  AddText(this, column, "HoSoXa " + Wx(flows::ProgramVersion()));
  AddReading(this, column, "Thư viện và giấy phép", wxString::FromUTF8(kLibraries), 1);
  AddEntries(column);
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  auto* save = new wxButton(this, wxID_ANY, T("Lưu gói hỗ trợ…"));
  auto* done = new wxButton(this, wxID_ANY, T("Xong"));
  row->Add(save, wxSizerFlags().Border(wxRIGHT, FromDIP(kGap)));
  row->Add(done);
  column->Add(row);
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(column, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(kMargin)));
  SetSizer(outer);
  save->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { Save(); });
  done->Bind(wxEVT_BUTTON, [closed = std::move(closed)](wxCommandEvent&) { closed(); });
  list_->SetFocus();
}

void AboutPanel::AddEntries(wxSizer* column) {
  AddText(this, column, T("Gói hỗ trợ có các mục được đánh dấu"));
  list_ = new wxCheckListBox(this, wxID_ANY);
  SetAccessibleName(*list_, T("Gói hỗ trợ có các mục được đánh dấu"));
  for (const flows::SupportEntry& entry : entries_)
    list_->Check(static_cast<unsigned>(list_->Append(T(entry.what.c_str()))));
  list_->SetSelection(0);
  column->Add(list_, wxSizerFlags(1).Expand().Border(wxBOTTOM, FromDIP(kGap)));
  auto* reading =
      AddReading(this, column, "Mục đang chọn: không có tên người, số giấy tờ hay mã hồ sơ nào",
                 Beginning(entries_.front().text), 3);
  list_->Bind(wxEVT_LISTBOX, [this, reading](wxCommandEvent& event) {
    if (event.GetSelection() < 0) return;
    reading->ChangeValue(Beginning(entries_[static_cast<std::size_t>(event.GetSelection())].text));
  });
}

void AboutPanel::Save() {
  auto* dialog =
      new wxFileDialog(wxGetTopLevelParent(this), T("Lưu gói hỗ trợ"), "", "hosoxa-ho-tro.zip",
                       T("Tệp ZIP") + " (*.zip)|*.zip", wxFD_SAVE | wxFD_OVERWRITE_PROMPT);
  dialog->ShowWindowModalThenDo([this, dialog](int answer) {
    const wxString path = dialog->GetPath();
    dialog->Destroy();
    if (answer != wxID_OK) return;
    std::vector<flows::SupportEntry> chosen;
    for (std::size_t i = 0; i < entries_.size(); ++i)
      if (list_->IsChecked(static_cast<unsigned>(i))) chosen.push_back(entries_[i]);
    const auto saved = flows::SaveSupport(Utf8(path), chosen, source_);
    if (saved)
      host_.Tell({Utf8(T("Đã lưu gói hỗ trợ.")), Utf8(path), ""});
    else
      host_.Tell(flows::Explain(saved.error()));
  });
}

}  // namespace hoso::ui
