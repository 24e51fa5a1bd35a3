#pragma once

#include <wx/panel.h>
#include <wx/timer.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "client/flows/open_desk.h"
#include "client/flows/settings.h"
#include "client/ui/deliver.h"
#include "common/base/worker.h"

class wxButton;
class wxChoice;
class wxStaticText;
class wxTextCtrl;

namespace hoso::ui {

/// Asks for the officer and the PIN, opens the desk on the worker, and says in words why it did not
/// open and what to do; while wrong tries cost time it counts the seconds.
class UnlockPanel : public wxPanel, public Alive {
 public:
  struct Needs {  // The references outlive the panel.
    const flows::DeskFolder& folder;
    const flows::Tools& tools;
    const flows::Settings& settings;  // Officers' names.
    base::Worker& worker;
    std::function<void(std::unique_ptr<flows::OpenDesk>)> opened;  // Window thread.
    std::function<void()> add_officer = {};  // With an enrolment file; no button without it.
  };
  UnlockPanel(wxWindow* parent, Needs needs);

  /// Ready for the next officer: empty PIN, focus in it.
  void Reset();

 private:
  void AddButtons(wxSizer* column);
  void Try();
  void Show(const base::Error& error);
  void Tell(const wxString& text);
  void SetBusy(bool busy);
  void Wait(int seconds);  // 0: no more.
  void ShowWait();

  Needs needs_;
  std::vector<std::string> officers_;
  wxChoice* officer_ = nullptr;
  wxTextCtrl* pin_ = nullptr;
  wxStaticText* caps_ = nullptr;
  wxButton* open_ = nullptr;
  wxStaticText* message_ = nullptr;
  wxTimer tick_;
  std::int64_t wait_until_ms_ = 0;  // Monotonic; 0 while there is nothing to wait for.
};

}  // namespace hoso::ui
