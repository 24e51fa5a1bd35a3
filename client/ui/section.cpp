#include "client/ui/section.h"

#include <wx/sizer.h>
#include <wx/stattext.h>

#include "client/ui/text_lines.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr int kWrap = 390;

}  // namespace

Section::Section(wxWindow* parent, DossierWork& work, const char* title)
    : wxPanel(parent), work_(work) {
  auto* all = new wxBoxSizer(wxVERTICAL);
  if (*title != '\0') {
    auto* heading = new wxStaticText(this, wxID_ANY, T(title));
    heading->SetFont(heading->GetFont().Bold());
    all->Add(heading, wxSizerFlags().Border(wxTOP));
  }
  column_ = new wxBoxSizer(wxVERTICAL);
  all->Add(column_, wxSizerFlags().Expand());
  SetSizer(all);
}

int Section::Width() const {
  return FromDIP(kWrap);
}

wxStaticText* Section::AddLine(const wxString& text, bool strong) {
  auto* line = new wxStaticText(this, wxID_ANY, "");
  wxFont font = GetFont();
  if (strong) line->SetFont(font = font.Bold());
  line->SetLabelText(Wrapped(*this, font, text, Width()));
  column_->Add(line);
  return line;
}

}  // namespace hoso::ui
