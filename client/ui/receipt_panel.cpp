#include "client/ui/receipt_panel.h"

#include <wx/button.h>
#include <wx/choice.h>
#include <wx/filedlg.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "client/paper/receipt_pdf.h"
#include "client/paper/sheets.h"
#include "client/ui/paper_view.h"
#include "client/ui/print_pages.h"
#include "client/ui/words.h"
#include "common/base/bytes.h"

namespace hoso::ui {
namespace {

enum Paper { kOneA4, kOneA5, kTwoA5 };
constexpr float kTitleScale = 1.4f;

/// Any thread.
base::Result<std::vector<paper::Page>> LayOut(const flows::ReceiptFacts& facts,
                                              const std::string& font_folder, int paper) {
  HOSO_TRY_ASSIGN(auto pages, paper::ReceiptPages(facts, paper::FontsIn(font_folder),
                                                  paper == kOneA4 ? paper::kA4 : paper::kA5));
  return paper == kTwoA5 ? paper::TwoUp(pages) : pages;
}

}  // namespace

base::Result<ReceiptPanel*> ReceiptPanel::Make(wxWindow* parent, flows::OpenDesk& open, Host& host,
                                               const std::string& dossier,
                                               std::function<void()> closed) {
  HOSO_TRY(flows::ReceiptFactsOf(open, dossier, false));
  return new ReceiptPanel(parent, open, host, dossier, std::move(closed));
}

ReceiptPanel::ReceiptPanel(wxWindow* parent, flows::OpenDesk& open, Host& host, std::string dossier,
                           std::function<void()> closed)
    : wxPanel(parent),
      open_(open),
      host_(host),
      dossier_(std::move(dossier)),
      closed_(std::move(closed)) {
  SetSizer(new wxBoxSizer(wxVERTICAL));
  AddBar();
  view_ = new PaperView(this);
  view_->SetFit(false);
  GetSizer()->Add(view_, wxSizerFlags(1).Expand().DoubleBorder(wxLEFT | wxRIGHT | wxBOTTOM));
  Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
    if (event.GetKeyCode() == WXK_ESCAPE)
      CallAfter(closed_);
    else
      event.Skip();
  });
  LoadFonts();
}

void ReceiptPanel::LoadFonts() {
  using Measure = base::Result<std::unique_ptr<paper::FontMeasure>>;
  const std::string folder = open_.tools().font_folder;
  const auto done = Deliver(*this, [this, folder](const std::shared_ptr<Measure>& measure) {
    if (!*measure) return host_.Tell(flows::Explain(measure->error()));
    painter_ = PagePainter::With(std::move(**measure), folder);
    Show();
  });
  worker_.Post([done, folder] {
    done(std::make_shared<Measure>(paper::FontMeasure::Load(paper::FontsIn(folder))));
  });
}

void ReceiptPanel::AddBar() {
  auto* title = new wxStaticText(this, wxID_ANY, T("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"));
  title->SetFont(title->GetFont().Bold().Scaled(kTitleScale));
  mark_ = new wxStaticText(this, wxID_ANY, "");
  auto* print = new wxButton(this, wxID_ANY, T("In…"));
  auto* pdf = new wxButton(this, wxID_ANY, T("Lưu PDF…"));
  const auto choice = [this](const wxString& name, std::initializer_list<const char*> titles) {
    auto* made = new wxChoice(this, wxID_ANY);
    for (const char* words : titles) made->Append(T(words));
    made->SetSelection(0);
    SetAccessibleName(*made, name);
    return made;
  };
  paper_ = choice(T("Khổ giấy"), {"A4", "A5", "Hai bản A5 trên một tờ A4"});
  zoom_ = choice(T("Cỡ xem"), {"100 %", "Vừa trang"});
  auto* close = new wxButton(this, wxID_ANY, T("Đóng"));
  auto* bar = new wxBoxSizer(wxHORIZONTAL);
  const auto middle = wxSizerFlags().CentreVertical().Border(wxRIGHT);
  bar->Add(print, middle);
  bar->Add(pdf, middle);
  bar->AddSpacer(FromDIP(16));
  bar->Add(new wxStaticText(this, wxID_ANY, T("Khổ giấy")), middle);
  bar->Add(paper_, middle);
  bar->Add(new wxStaticText(this, wxID_ANY, T("Cỡ xem")), middle);
  bar->Add(zoom_, middle);
  bar->AddStretchSpacer();
  bar->Add(close, wxSizerFlags().CentreVertical());
  GetSizer()->Add(title, wxSizerFlags().DoubleBorder(wxLEFT | wxRIGHT | wxTOP));
  GetSizer()->Add(mark_, wxSizerFlags().DoubleBorder(wxLEFT | wxRIGHT));
  GetSizer()->Add(bar, wxSizerFlags().Expand().DoubleBorder());
  print->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { CallAfter([this] { Print(); }); });
  pdf->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { SavePdf(); });
  close->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { CallAfter(closed_); });
  paper_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { Show(); });
  zoom_->Bind(wxEVT_CHOICE,
              [this](wxCommandEvent& event) { view_->SetFit(event.GetSelection() == 1); });
}

base::Status ReceiptPanel::ReadFacts() {
  HOSO_TRY_ASSIGN(const bool printed, flows::WasPrinted(open_, dossier_));
  HOSO_TRY_ASSIGN(facts_, flows::ReceiptFactsOf(open_, dossier_, printed));
  return {};
}

base::Result<std::vector<paper::Page>> ReceiptPanel::Pages() {
  HOSO_TRY(ReadFacts());
  return LayOut(facts_, open_.tools().font_folder, paper_->GetSelection());
}

void ReceiptPanel::Show() {
  if (painter_ == nullptr) return;
  if (const auto read = ReadFacts(); !read) return host_.Tell(flows::Explain(read.error()));
  wxString words = Wx(facts_.code + " · " + facts_.applicant);
  if (facts_.reprint) words += wxString::FromUTF8(" · ") + T("Bản in lại");
  mark_->SetLabel(words);
  Layout();
  using Made = base::Result<std::vector<paper::Page>>;
  const auto done = Deliver(*this, [this](const std::shared_ptr<Made>& pages) {
    if (!*pages) return host_.Tell(flows::Explain(pages->error()));
    view_->Show(*painter_, std::move(**pages), T("Bản xem trước giấy tiếp nhận"));
  });
  worker_.Post(
      [done, facts = facts_, folder = open_.tools().font_folder, paper = paper_->GetSelection()] {
        done(std::make_shared<Made>(LayOut(facts, folder, paper)));
      });
}

void ReceiptPanel::TakeFocus() {
  view_->SetFocus();
}

void ReceiptPanel::Print() {
  if (painter_ == nullptr) return;
  auto pages = Pages();
  if (!pages) return host_.Tell(flows::Explain(pages.error()));
  const auto printed =
      PrintPages(*this, *painter_, std::move(*pages), Wx("Giấy tiếp nhận " + facts_.code));
  if (!printed) return host_.Tell(flows::Explain(printed.error()));
  if (!*printed) return;
  host_.Acted(flows::MarkPrinted(open_, dossier_));
  Show();
}

void ReceiptPanel::SavePdf() {
  std::string name = "Giay tiep nhan " + facts_.code + ".pdf";
  auto* dialog = new wxFileDialog(this, T("Lưu PDF"), "", Wx(name), "*.pdf",
                                  wxFD_SAVE | wxFD_OVERWRITE_PROMPT);
  dialog->ShowWindowModalThenDo([this, dialog](int code) {
    const std::string file = Utf8(dialog->GetPath());
    dialog->Destroy();
    if (code == wxID_OK) CallAfter([this, file] { WritePdf(file); });
  });
}

void ReceiptPanel::WritePdf(const std::string& file) {
  const auto write = [&]() -> base::Status {
    HOSO_TRY_ASSIGN(const auto pages, Pages());
    HOSO_TRY_ASSIGN(
        const base::Bytes octets,
        paper::ToPdf(pages, paper::FontsIn(open_.tools().font_folder), paper::ReceiptInfo(facts_)));
    return base::WriteFile(file, octets, true);  // A person's data: for the officer only.
  };
  if (const base::Status written = write(); !written)
    host_.Tell(flows::Explain(written.error()));
  else
    mark_->SetLabel(T("Đã lưu: ") + Wx(file));
}

}  // namespace hoso::ui
