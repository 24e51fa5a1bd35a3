#pragma once

#include <wx/panel.h>

#include <functional>
#include <string>
#include <vector>

#include "client/flows/intake_form.h"

class wxButton;
class wxChoice;
class wxListBox;
class wxScrolledWindow;
class wxSimplebook;
class wxSizer;
class wxStaticText;
class wxTextCtrl;

namespace hoso::ui {

class PaperChoices;

/// Receiving a dossier in four steps: applicant, procedure by plain words, papers of the case,
/// check and accept; then what to do with it. Everything typed is a draft at once; going back loses
/// nothing. Enter goes on, Alt and the arrows go back and on, Esc puts aside.
class IntakePanel : public wxPanel {
 public:
  /// `closed` gets the new dossier's id, or "" when the officer puts the intake aside; `print` the
  /// id of the one whose receipt is wanted.
  using Closed = std::function<void(const std::string& id)>;
  using Failed = std::function<void(const base::Error&)>;
  IntakePanel(wxWindow* parent, flows::IntakeForm form, Closed closed, Closed print, Failed failed);

  /// The dossier made here, once it is.
  const std::string& accepted() const { return accepted_; }

 private:
  wxScrolledWindow* AddStep();
  wxTextCtrl* AddField(wxWindow* page, wxSizer* sizer, const std::string& key, const char* label);
  void AddApplicant();
  void AddProcedure();
  void AddCheck();
  void AddButtons();
  void Keep(const std::string& key, const std::string& value);
  wxString Remarks(const std::string& key) const;
  void OnKey(wxKeyEvent& event);
  bool Enter();
  void GoTo(int step);
  void FocusFirst(int step);
  void Choose(int row);
  void ShowProcedures();
  void ShowCases();
  wxString Summary() const;
  void Accept();
  void Leave(const Closed& by);

  flows::IntakeForm form_;
  Closed closed_, print_;
  Failed failed_;
  std::string accepted_;
  std::vector<const catalog::Procedure*> found_;
  wxStaticText* title_ = nullptr;
  wxSimplebook* steps_ = nullptr;
  wxTextCtrl* name_ = nullptr;
  wxTextCtrl* search_ = nullptr;
  wxListBox* procedures_ = nullptr;
  wxChoice* case_ = nullptr;
  PaperChoices* papers_ = nullptr;
  wxStaticText* summary_ = nullptr;
  wxButton* later_ = nullptr;
  wxButton* back_ = nullptr;
  wxButton* print_button_ = nullptr;
  wxButton* next_ = nullptr;
};

}  // namespace hoso::ui
