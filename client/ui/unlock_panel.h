#pragma once

#include <wx/panel.h>

#include <functional>
#include <memory>

#include "client/flows/open_desk.h"
#include "client/ui/deliver.h"
#include "common/base/worker.h"

class wxButton;
class wxChoice;
class wxStaticText;
class wxTextCtrl;

namespace hoso::ui {

/// Asks for the officer and the PIN, opens the desk on the worker, and says in words why it did not
/// open and what to do. `opened` gets the desk on the window thread.
class UnlockPanel : public wxPanel, public Alive {
 public:
  using Opened = std::function<void(std::unique_ptr<flows::OpenDesk>)>;
  /// The references outlive the panel. `enrol`: an officer comes with an enrolment file.
  UnlockPanel(wxWindow* parent, const flows::DeskFolder& folder, const flows::Tools& tools,
              base::Worker& worker, Opened opened, std::function<void()> enrol);

  /// Ready for the next officer: empty PIN, focus in it.
  void Reset();

 private:
  void Try();
  void Show(const base::Error& error);
  void SetBusy(bool busy);

  const flows::DeskFolder& folder_;
  const flows::Tools& tools_;
  base::Worker& worker_;
  Opened opened_;
  std::vector<std::string> officers_;
  wxChoice* officer_ = nullptr;
  wxTextCtrl* pin_ = nullptr;
  wxButton* open_ = nullptr;
  wxStaticText* message_ = nullptr;
};

}  // namespace hoso::ui
