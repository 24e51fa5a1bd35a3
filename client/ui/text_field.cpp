#include "client/ui/text_field.h"

#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/time.h>

#include <memory>
#include <optional>

#include "client/flows/text_history.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

void GiveUndo(wxTextCtrl* field) {
  const auto history = std::make_shared<flows::TextHistory>(Utf8(field->GetValue()));
  field->Bind(wxEVT_TEXT, [field, history](wxCommandEvent& event) {
    history->Typed(Utf8(field->GetValue()), wxGetUTCTimeMillis().GetValue());
    event.Skip();
  });
  // What came in while nobody typed here is not to be undone by who types next.
  field->Bind(wxEVT_SET_FOCUS, [field, history](wxFocusEvent& event) {
    *history = flows::TextHistory(Utf8(field->GetValue()));
    event.Skip();
  });
  field->Bind(wxEVT_CHAR_HOOK, [field, history](wxKeyEvent& event) {
    const bool undo = event.GetKeyCode() == 'Z', redo = event.GetKeyCode() == 'Y';
    if (event.GetModifiers() != wxMOD_CONTROL || (!undo && !redo)) {
      event.Skip();
      return;
    }
    const auto text = undo ? history->Undo() : history->Redo();
    if (!text) return;
    field->SetValue(Wx(*text));
    field->SetInsertionPointEnd();
  });
}

}  // namespace

wxTextCtrl* MakeTextField(wxWindow* parent, const wxString& label, const std::string& text,
                          int lines) {
  auto* field = new wxTextCtrl(parent, wxID_ANY, Wx(text), wxDefaultPosition, wxDefaultSize,
                               lines > 1 ? wxTE_MULTILINE : 0);
  SetAccessibleName(*field, label);
  if (lines > 1) field->SetMinSize(wxSize(-1, (lines + 1) * field->GetCharHeight()));
  GiveUndo(field);
  return field;
}

void AddLabel(wxWindow* parent, wxSizer* sizer, const wxString& label) {
  sizer->Add(new wxStaticText(parent, wxID_ANY, label), wxSizerFlags().Border(wxTOP));
}

}  // namespace hoso::ui
