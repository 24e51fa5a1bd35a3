#pragma once

#include <wx/panel.h>
#include <wx/timer.h>

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "client/flows/open_desk.h"
#include "client/ui/deliver.h"
#include "common/base/worker.h"

class wxButton;
class wxGauge;
class wxSimplebook;
class wxStaticText;
class wxTextCtrl;

namespace hoso::ui {

class PinFields;
class SyncJob;

/// What the first run needs of the window around it; all outlive the panel.
struct FirstRunWorld {
  const flows::DeskFolder& folder;
  const flows::Tools& tools;
  base::Worker& worker;
  SyncJob& job;
  std::function<void(std::unique_ptr<flows::OpenDesk>)> opened;
  std::function<void()> back;  ///< To where a desk is unlocked; none where there is no desk yet.
};

/// A desk's first run in three steps, or an officer who joins it or gets a new PIN: the enrolment
/// file, the PIN, the first load. Going back loses nothing; the load may be paused and left.
class FirstRunPanel : public wxPanel, public Alive {
 public:
  FirstRunPanel(wxWindow* parent, FirstRunWorld world);
  ~FirstRunPanel() override;

 private:
  struct Begun;
  wxPanel* AddStep();
  wxStaticText* AddText(wxWindow* page);
  void AddFile();
  void AddLoad();
  void Say(wxStaticText* label, const wxString& text);
  void Fit();  // After a text or the step changed.
  void SayError(const base::Error& error);
  void GoTo(int step);
  void Next();
  void ChooseFile();
  bool CheckFile();
  void Load();
  void Enrol();
  void Enrolled(Begun& begun);
  void ShowLoad();
  bool Busy() const;

  FirstRunWorld world_;
  std::string user_;  // Once enrolled: the file is used up then.
  std::unique_ptr<flows::OpenDesk> open_;
  bool enrolling_ = false;
  std::stop_source stop_;
  wxStaticText* title_ = nullptr;
  wxSimplebook* steps_ = nullptr;
  wxTextCtrl* path_ = nullptr;
  wxStaticText* facts_ = nullptr;
  PinFields* pin_ = nullptr;
  wxGauge* gauge_ = nullptr;
  wxStaticText* load_ = nullptr;
  wxButton* pause_ = nullptr;
  wxStaticText* message_ = nullptr;
  wxButton* back_ = nullptr;
  wxButton* next_ = nullptr;
  wxTimer tick_;
};

}  // namespace hoso::ui
