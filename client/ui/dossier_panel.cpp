#include "client/ui/dossier_panel.h"

#include <wx/button.h>
#include <wx/choice.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/textdlg.h>
#include <wx/wupdlock.h>

#include "client/flows/attention_flow.h"
#include "client/flows/casework_flow.h"
#include "client/flows/due_words.h"
#include "client/flows/explain.h"
#include "client/flows/step_words.h"
#include "client/ui/words.h"
#include "common/text/format.h"

namespace hoso::ui {
namespace {

constexpr int kWrap = 380;

wxString Screen(const std::string& iso) {
  constexpr std::size_t kDay = 10;
  const std::string day = text::DateToScreen(iso.substr(0, kDay));
  return Wx(iso.size() > kDay ? day + " " + iso.substr(kDay + 1) : day);
}

wxString Who(const std::string& name, const std::string& id) {
  return Wx(name.empty() ? id : name);
}

}  // namespace

DossierPanel::DossierPanel(wxWindow* parent, flows::OpenDesk& open, Acted acted)
    : wxScrolledWindow(parent), open_(open), acted_(std::move(acted)) {
  column_ = new wxBoxSizer(wxVERTICAL);
  SetSizer(column_);
  SetScrollRate(0, FromDIP(16));
  ShowDossier("");
}

void DossierPanel::AddTitle(const char* text) {
  auto* title = new wxStaticText(this, wxID_ANY, T(text));
  title->SetFont(title->GetFont().Bold());
  column_->Add(title, wxSizerFlags().Border(wxTOP | wxLEFT));
}

void DossierPanel::AddLine(const wxString& text, bool strong) {
  auto* line = new wxStaticText(this, wxID_ANY, text);
  if (strong) line->SetFont(line->GetFont().Bold());
  line->Wrap(FromDIP(kWrap));
  column_->Add(line, wxSizerFlags().Border(wxLEFT | wxRIGHT));
}

void DossierPanel::ShowDossier(const std::string& id) {
  id_ = id;
  const wxWindowUpdateLocker frozen(this);
  column_->Clear(true);
  if (id.empty()) {
    AddLine(T("Chọn một hồ sơ trong danh sách để xem và xử lý."));
  } else if (const auto view = flows::ShowDossier(open_, id)) {
    AddSummary(*view);
    AddNextSteps();
    AddConflicts(*view);
    AddFields(*view);
    AddPapers(*view);
    AddNotes(*view);
    AddHistory(*view);
  } else {
    AddLine(T(flows::Explain(view.error()).why.c_str()));
  }
  FitInside();
  Layout();
}

void DossierPanel::AddSummary(const flows::DossierView& view) {
  AddLine(Wx(view.code.empty() ? view.provisional_code : view.code), true);
  if (view.code.empty()) AddLine(T("Mã tạm; mã chính thức có sau khi đối chiếu"));
  AddLine(Wx(view.procedure_name) + " (" + Wx(view.case_name) + ")");
  wxString state = T("Trạng thái") + ": " + Wx(view.state_name);
  if (!view.stage.empty()) state += ", " + T(flows::StageText(view.stage).c_str());
  AddLine(state);
  const auto due = flows::DueInWords(open_.catalogue().WorkingCalendar(), view.due.due, view.state,
                                     open_.Now().day);
  wxString when = T("Hẹn trả") + ": " + Screen(view.due.due);
  if (due.level != flows::DueLevel::kNone) when += wxString::FromUTF8(" – ") + Wx(due.text);
  if (!view.due.certain) when += " (" + T(flows::ReasonText(view.due.reason).c_str()) + ")";
  AddLine(when);
  if (!view.assignee.empty())
    AddLine(T("Người xử lý") + ": " + Who(view.assignee_name, view.assignee));
}

void DossierPanel::AddNextSteps() {
  AddTitle("Việc cần làm tiếp");
  const auto next = flows::CaseworkFlow(open_).Next(id_);
  if (!next || next->empty()) {
    AddLine(T("Chưa có việc của bạn ở hồ sơ này."));
    return;
  }
  for (const auto& step : *next) {
    const wxString title = T(flows::StepText(step.name).c_str());
    auto* button = new wxButton(this, wxID_ANY, title);
    column_->Add(button, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxTOP));
    button->Bind(wxEVT_BUTTON, [this, step, title](wxCommandEvent&) {
      const auto act = [this, step](const std::string& reason) {
        flows::CaseworkFlow casework(open_);
        Done(step.is_decision ? casework.Decide(id_, step.name, reason)
                              : casework.Step(id_, step.name, reason));
      };
      if (step.needs_reason)
        AskReason(title, act);
      else
        act("");
    });
  }
}

void DossierPanel::AskReason(const wxString& what, std::function<void(const std::string&)> with) {
  auto* dialog = new wxTextEntryDialog(wxGetTopLevelParent(this), T("Lý do:"), what, "",
                                       wxOK | wxCANCEL | wxTE_MULTILINE);
  if (auto* ok = dialog->FindWindow(wxID_OK)) ok->SetLabel(T("Xác nhận"));
  if (auto* cancel = dialog->FindWindow(wxID_CANCEL)) cancel->SetLabel(T("Thôi"));
  dialog->ShowWindowModalThenDo([this, dialog, with = std::move(with)](int code) {
    const std::string reason = Utf8(dialog->GetValue());
    dialog->Destroy();
    if (code == wxID_OK) CallAfter([with, reason] { with(reason); });
  });
}

void DossierPanel::AddConflicts(const flows::DossierView& view) {
  if (view.conflicts.empty()) return;
  AddTitle("Xung đột cần giải quyết");
  for (const flows::ConflictView& conflict : view.conflicts) {
    AddLine(T(conflict.label.c_str()), true);
    for (const flows::ValueView& value : conflict.values) {
      AddLine(Wx(value.value) + wxString::FromUTF8(" – ") + Who(value.author_name, value.author) +
              ", " + Screen(value.at) + (value.held ? " (" + T("đang giữ") + ")" : wxString()));
      auto* keep = new wxButton(this, wxID_ANY, T("Giữ:") + " " + Wx(value.value));
      column_->Add(keep, wxSizerFlags().Border(wxLEFT | wxRIGHT));
      keep->Bind(wxEVT_BUTTON, [this, conflict = conflict.id, id = value.id](wxCommandEvent&) {
        Done(flows::AttentionFlow(open_).Resolve(conflict, id, std::nullopt));
      });
    }
  }
}

void DossierPanel::AddFields(const flows::DossierView& view) {
  AddTitle("Nội dung");
  for (const flows::FieldView& field : view.fields) {
    AddLine(T(field.label.c_str()));
    auto* edit = new wxTextCtrl(this, wxID_ANY, Wx(field.value), wxDefaultPosition, wxDefaultSize,
                                view.locked ? wxTE_READONLY : 0);
    SetAccessibleName(*edit, T(field.label.c_str()));
    column_->Add(edit, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT));
    edit->Bind(wxEVT_KILL_FOCUS, [this, edit, field](wxFocusEvent& event) {
      event.Skip();
      const std::string value = Utf8(edit->GetValue());
      if (value == field.value || IsBeingDeleted()) return;
      // Later: the panel is made anew, and this control is still handling its event.
      CallAfter([this, key = field.key, value] {
        const auto set = flows::CaseworkFlow(open_).Set(id_, {{key, value}});
        Done(set ? base::Status() : base::Status(set.error()));
      });
    });
  }
}

void DossierPanel::AddPapers(const flows::DossierView& view) {
  AddTitle("Giấy tờ");
  const std::pair<const char*, const char*> statuses[] = {
      {"have", "Bản chính"}, {"copy", "Bản sao"}, {"missing", "Chưa có"}};
  for (const flows::ComponentView& paper : view.components) {
    AddLine(Wx(paper.name) + (paper.optional ? " (" + T("nếu có") + ")" : wxString()));
    auto* choice = new wxChoice(this, wxID_ANY);
    SetAccessibleName(*choice, Wx(paper.name));
    for (const auto& [word, title] : statuses) {
      choice->Append(T(title));
      if (paper.status == word) choice->SetSelection(static_cast<int>(choice->GetCount()) - 1);
    }
    choice->Enable(!view.locked);
    column_->Add(choice, wxSizerFlags().Border(wxLEFT | wxRIGHT));
    choice->Bind(wxEVT_CHOICE, [this, key = paper.key](wxCommandEvent& event) {
      const char* words[] = {"have", "copy", "missing"};
      CallAfter([this, key, word = words[event.GetSelection()]] {
        Done(flows::CaseworkFlow(open_).Check(id_, {{key, word}}));
      });
    });
  }
}

void DossierPanel::AddNotes(const flows::DossierView& view) {
  AddTitle("Ghi chú");
  for (const flows::NoteView& note : view.notes)
    AddLine(Wx(note.text) + wxString::FromUTF8(" – ") + Who(note.author_name, note.author) + ", " +
            Screen(note.at));
  auto* text =
      new wxTextCtrl(this, wxID_ANY, "", wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
  text->SetHint(T("Ghi chú mới rồi Enter"));
  SetAccessibleName(*text, T("Ghi chú mới"));
  column_->Add(text, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT));
  text->Bind(wxEVT_TEXT_ENTER, [this, text](wxCommandEvent&) {
    CallAfter([this, note = Utf8(text->GetValue())] {
      Done(flows::CaseworkFlow(open_).AddNote(id_, note));
    });
  });
}

void DossierPanel::AddHistory(const flows::DossierView& view) {
  AddTitle("Nhật ký");
  for (const flows::ChangeView& change : view.changes) {
    wxString line = Screen(change.at) + "  " + Who(change.author_name, change.author) + ": " +
                    T(flows::KindText(change.kind).c_str());
    for (const auto& [key, value] : change.body)
      if (key == "step") line += wxString::FromUTF8(" – ") + T(flows::StepText(value).c_str());
    line += wxString::FromUTF8(" · ") + T(flows::StatusText(change.status).c_str());
    if (!change.reason.empty()) line += ": " + T(flows::ReasonText(change.reason).c_str());
    if (change.exhibit) line += " (" + T("của người xử lý trước") + ")";
    AddLine(line);
  }
}

void DossierPanel::Done(const base::Status& status) {
  acted_(status);
  Reload();
}

}  // namespace hoso::ui
