#include <wx/choice.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include <map>
#include <set>
#include <utility>

#include "client/flows/explain.h"
#include "client/ui/section.h"
#include "client/ui/text_field.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

/// Fields, edited in place: every keystroke is durable as a draft, and leaving the field writes it
/// into the dossier.
class FieldsSection : public Section {
 public:
  FieldsSection(wxWindow* parent, DossierWork& work) : Section(parent, work, "Nội dung") {}

  void Display(const flows::DossierView& view) override {
    if (view.id != shown_) asked_.clear();
    const auto wanted = Wanted(view);
    shown_ = view.id;
    // Making controls is slow: those of the last dossier serve where the form is the same.
    std::string form;
    for (const auto* fields : {&wanted, &view.unfilled})
      for (const flows::FieldView& field : *fields) form += field.key + "=" + field.label + "\n";
    if (std::exchange(form_, form) != form) Build(wanted, view.unfilled);
    for (const flows::FieldView& field : wanted) Refresh(field, view.locked);
  }

  /// The focus may go to another dossier before the field that had it could write.
  void Leave() override {
    for (const std::string& place : std::exchange(touched_, {})) {
      const auto written = work_.draft->Commit(place);
      work_.host.Kept(written ? base::Status() : base::Status(written.error()));
      CallAfter([host = &work_.host] { host->Acted(base::Status()); });
    }
  }

 private:
  struct Editor {
    wxTextCtrl* text = nullptr;
    wxStaticText* sign = nullptr;  // What is to know about the text; hidden when there is nothing.
  };

  /// What is written, what was begun, and what the officer asked for.
  std::vector<flows::FieldView> Wanted(const flows::DossierView& view) const {
    std::vector<flows::FieldView> wanted = view.fields;
    for (const flows::FieldView& field : view.unfilled)
      if (asked_.contains(field.key) || work_.draft->Typed("field." + field.key))
        wanted.push_back(field);
    return wanted;
  }

  void Build(const std::vector<flows::FieldView>& wanted,
             const std::vector<flows::FieldView>& unfilled) {
    column()->Clear(true);
    editors_.clear();
    for (const flows::FieldView& field : wanted) AddEditor(field);
    auto* more = new wxChoice(this, wxID_ANY);
    more->SetMinSize(wxSize(Width() / 2, -1));  // Its longest line may be wider than the pane.
    SetAccessibleName(*more, T("Ghi thêm ô khác"));
    more->Append(T("Ghi thêm ô khác…"));
    std::vector<std::string> keys;
    for (const flows::FieldView& field : unfilled) {
      if (editors_.contains(field.key)) continue;
      more->Append(T(field.label.c_str()));
      keys.push_back(field.key);
    }
    more->SetSelection(0);
    more->Show(!keys.empty());
    column()->Add(more, wxSizerFlags().Border(wxTOP));
    more->Bind(wxEVT_CHOICE, [this, keys](wxCommandEvent& event) {
      if (event.GetSelection() == 0) return;
      const std::string key = keys[static_cast<std::size_t>(event.GetSelection() - 1)];
      CallAfter([this, key] {
        asked_.insert(key);
        work_.again();
        editors_.at(key).text->SetFocus();
      });
    });
  }

  void AddEditor(const flows::FieldView& field) {
    Editor& editor = editors_[field.key];
    const wxString label = T(field.label.c_str());
    AddLabel(this, column(), label);
    editor.text = MakeTextField(this, label, field.value);
    column()->Add(editor.text, wxSizerFlags().Expand());
    editor.sign = AddLine("");
    editor.sign->Hide();
    editor.text->Bind(wxEVT_TEXT, [this, place = "field." + field.key,
                                   text = editor.text](wxCommandEvent& event) {
      event.Skip();
      touched_.insert(place);
      work_.host.Kept(work_.draft->Type(place, Utf8(text->GetValue())));
    });
    editor.text->Bind(wxEVT_KILL_FOCUS, [this, key = field.key](wxFocusEvent& event) {
      event.Skip();
      if (IsBeingDeleted() || !work_.draft->Typed("field." + key)) return;
      // Later: the control is still handling its event.
      CallAfter([this, key, dossier = work_.id] {
        if (dossier == work_.id) Commit(key);
      });
    });
  }

  void Refresh(const flows::FieldView& field, bool locked) {
    const Editor& editor = editors_.at(field.key);
    const auto typed = work_.draft->Typed("field." + field.key);
    editor.text->SetEditable(!locked);
    const wxString now = Wx(typed.value_or(field.value));
    if (editor.text->GetValue() != now) editor.text->ChangeValue(now);
    const bool waits = typed && !editor.text->HasFocus();
    Say(field.key, waits ? T("Chữ gõ dở, chưa ghi vào hồ sơ; vào ô rồi ra để ghi") : wxString());
  }

  void Commit(const std::string& key) {
    touched_.erase("field." + key);
    const auto warnings = work_.draft->Commit("field." + key);
    work_.acted(warnings ? base::Status() : base::Status(warnings.error()));
    if (!warnings) return;
    wxString text;
    for (const std::string& warning : *warnings)
      text += (text.empty() ? "" : "\n") + T("Lưu ý: ") + T(flows::ReasonText(warning).c_str());
    Say(key, text);
  }

  void Say(const std::string& key, const wxString& text) {
    wxStaticText* sign = editors_.at(key).sign;
    if (sign->GetLabel() == text && sign->IsShown() == !text.empty()) return;
    sign->SetLabel(text);
    sign->Show(!text.empty());
    work_.grown();
  }

  std::string shown_;
  std::string form_;  // The keys and labels for which the controls were made.
  std::set<std::string> asked_, touched_;
  std::map<std::string, Editor> editors_;
};

}  // namespace

Section* MakeFields(wxWindow* parent, DossierWork& work) {
  return new FieldsSection(parent, work);
}

}  // namespace hoso::ui
