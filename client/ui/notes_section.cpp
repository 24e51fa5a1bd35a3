#include <wx/button.h>
#include <wx/sizer.h>

#include <vector>

#include "client/flows/casework_flow.h"
#include "client/ui/section.h"
#include "client/ui/text_field.h"
#include "client/ui/text_lines.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr int kNoteLines = 2;
constexpr std::size_t kShown = 20;

/// Notes, the newest first, and a place to write one.
class NotesSection : public Section {
 public:
  NotesSection(wxWindow* parent, DossierWork& work) : Section(parent, work, "Ghi chú") {
    text_ = MakeTextField(this, T("Ghi chú mới"), "", kNoteLines);
    text_->SetHint(T("Ghi chú mới…"));
    column()->Add(text_, wxSizerFlags().Expand());
    auto* add = new wxButton(this, wxID_ANY, T("Thêm ghi chú"));
    column()->Add(add, wxSizerFlags().Border(wxTOP | wxBOTTOM));
    lines_ = new TextLines(this, Width(), wxSizerFlags().Border(wxBOTTOM));
    column()->Add(lines_, wxSizerFlags().Expand());
    more_ = new wxButton(this, wxID_ANY, "");
    column()->Add(more_);
    text_->Bind(wxEVT_TEXT, [this](wxCommandEvent& event) {
      event.Skip();
      work_.host.Kept(work_.draft->Type(flows::EditDraft::kNote, Utf8(text_->GetValue())));
    });
    add->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { CallAfter([this] { Add(); }); });
    more_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
      CallAfter([this] {
        all_ = true;
        count_ = 0;
        work_.again();
      });
    });
  }

  void Display(const flows::DossierView& view) override {
    const wxString typed = Wx(work_.draft->Typed(flows::EditDraft::kNote).value_or(""));
    if (text_->GetValue() != typed) text_->ChangeValue(typed);
    if (view.id == shown_ && view.notes.size() == count_) return;
    if (view.id != shown_) all_ = false;
    shown_ = view.id;
    count_ = view.notes.size();
    const std::size_t skipped = all_ || count_ <= kShown ? 0 : count_ - kShown;
    std::vector<TextLine> lines;
    for (std::size_t i = count_; i-- > skipped;) lines.push_back({Line(view.notes[i])});
    lines_->Show(lines);
    more_->Show(skipped > 0);
    if (skipped > 0) more_->SetLabel(wxString::Format(T("Xem thêm %zu ghi chú cũ hơn"), skipped));
  }

 private:
  static wxString Line(const flows::NoteView& note) {
    return Wx(note.text) + wxString::FromUTF8(" – ") +
           Wx(note.author_name.empty() ? note.author : note.author_name) + ", " +
           ScreenTime(note.at);
  }

  void Add() {
    const auto added = flows::CaseworkFlow(work_.open).AddNote(work_.id, Utf8(text_->GetValue()));
    if (added) work_.host.Kept(work_.draft->Drop(flows::EditDraft::kNote));
    work_.acted(added);
  }

  wxTextCtrl* text_ = nullptr;
  TextLines* lines_ = nullptr;
  wxButton* more_ = nullptr;
  std::string shown_;
  std::size_t count_ = 0;
  bool all_ = false;
};

}  // namespace

Section* MakeNotes(wxWindow* parent, DossierWork& work) {
  return new NotesSection(parent, work);
}

}  // namespace hoso::ui
