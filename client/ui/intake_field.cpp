#include "client/ui/intake_field.h"

#include <wx/scrolwin.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include "client/ui/text_field.h"
#include "client/ui/words.h"

namespace hoso::ui {

IntakeField::IntakeField(wxWindow* parent, const wxString& label, const std::string& text,
                         Typed typed)
    : wxPanel(parent) {
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(new wxStaticText(this, wxID_ANY, label));
  edit_ = MakeTextField(this, label, text);
  column->Add(edit_, wxSizerFlags().Expand());
  remark_ = new wxStaticText(this, wxID_ANY, "");
  column->Add(remark_, wxSizerFlags().Expand());
  SetSizer(column);
  edit_->Bind(wxEVT_TEXT, [this, typed = std::move(typed)](wxCommandEvent& event) {
    event.Skip();  // To the field's own history.
    Remark(typed(Utf8(edit_->GetValue())));
  });
}

void IntakeField::Remark(const wxString& words) {
  if (remark_->GetLabel() == words) return;
  remark_->SetLabel(words);
  remark_->Wrap(GetSize().x);
  InvalidateBestSize();
  GetParent()->Layout();
  if (auto* page = wxDynamicCast(GetParent(), wxScrolledWindow)) page->FitInside();
}

}  // namespace hoso::ui
