#include "client/ui/about_panel.h"

#include <wx/button.h>
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

}  // namespace

AboutPanel::AboutPanel(wxWindow* parent, flows::OpenDesk& open, const flows::RecentErrors& errors,
                       Host& host, std::function<void()> closed)
    : wxPanel(parent),
      host_(host),
      info_(flows::SupportInfo(
          open, errors, Utf8(wxGetOsDescription() + ", wxWidgets " + wxVERSION_NUM_DOT_STRING))) {
  auto* column = new wxBoxSizer(wxVERTICAL);
  AddText(this, column, T("Thông tin chương trình"), true);
  AddText(this, column, "HoSoXa " + Wx(flows::ProgramVersion()));
  AddReading(this, column, "Thư viện và giấy phép", wxString::FromUTF8(kLibraries), 1);
  auto* info =
      AddReading(this, column, "Thông tin hỗ trợ: không có tên người, số giấy tờ hay mã hồ sơ nào",
                 Wx(info_), 3);
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  auto* save = new wxButton(this, wxID_ANY, T("Lưu thông tin hỗ trợ…"));
  auto* done = new wxButton(this, wxID_ANY, T("Xong"));
  row->Add(save, wxSizerFlags().Border(wxRIGHT, FromDIP(kGap)));
  row->Add(done);
  column->Add(row);
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(column, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(kMargin)));
  SetSizer(outer);
  save->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { Save(); });
  done->Bind(wxEVT_BUTTON, [closed = std::move(closed)](wxCommandEvent&) { closed(); });
  info->SetFocus();
}

void AboutPanel::Save() {
  auto* dialog = new wxFileDialog(wxGetTopLevelParent(this), T("Lưu thông tin hỗ trợ"), "",
                                  "hosoxa-ho-tro.txt", T("Tệp chữ") + " (*.txt)|*.txt",
                                  wxFD_SAVE | wxFD_OVERWRITE_PROMPT);
  dialog->ShowWindowModalThenDo([this, dialog](int answer) {
    const wxString path = dialog->GetPath();
    dialog->Destroy();
    if (answer != wxID_OK) return;
    const auto saved = flows::SaveSupportInfo(Utf8(path), info_);
    if (saved)
      host_.Tell({Utf8(T("Đã lưu thông tin hỗ trợ.")), Utf8(path), ""});
    else
      host_.Tell(flows::Explain(saved.error()));
  });
}

}  // namespace hoso::ui
