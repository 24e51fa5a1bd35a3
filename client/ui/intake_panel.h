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

/// Receiving a dossier in four steps: applicant, procedure by plain words, papers of the case,
/// check and accept. Everything typed is a draft at once; going back loses nothing.
class IntakePanel : public wxPanel {
 public:
  /// `closed` gets the new dossier's id, or "" when the officer puts the intake aside.
  using Closed = std::function<void(const std::string& id)>;
  using Failed = std::function<void(const base::Error&)>;
  IntakePanel(wxWindow* parent, flows::IntakeForm form, Closed closed, Failed failed);

 private:
  wxScrolledWindow* AddStep();
  void AddField(wxWindow* page, wxSizer* sizer, const std::string& key, const char* label);
  void AddApplicant();
  void AddProcedure();
  void AddPapers();
  void AddCheck();
  void Keep(const std::string& key, const std::string& value);
  void GoTo(int step);
  void ShowProcedures();
  void ShowCases();
  void ShowPapers();
  void ShowCheck();
  void Accept();

  flows::IntakeForm form_;
  Closed closed_;
  Failed failed_;
  std::vector<const catalog::Procedure*> found_;
  wxStaticText* title_ = nullptr;
  wxStaticText* warnings_ = nullptr;
  wxSimplebook* steps_ = nullptr;
  wxTextCtrl* search_ = nullptr;
  wxListBox* procedures_ = nullptr;
  wxChoice* case_ = nullptr;
  wxScrolledWindow* papers_ = nullptr;
  wxStaticText* summary_ = nullptr;
  wxButton* back_ = nullptr;
  wxButton* next_ = nullptr;
};

}  // namespace hoso::ui
