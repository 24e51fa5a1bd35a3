#pragma once

#include <wx/panel.h>

#include "client/flows/approval_flow.h"
#include "client/ui/host.h"

class wxBoxSizer;
class wxTextCtrl;

namespace hoso::ui {

/// What was proposed, what is missing, what others changed since the last look, and the decision
/// with its reason in place. Decides on exactly what it shows, then asks the window for the next
/// dossier that waits. Ctrl+Enter approves while the card is in sight and nothing else is typed in.
class ApprovalCard : public wxPanel {
 public:
  ApprovalCard(wxWindow* parent, flows::OpenDesk& open, Host& host,
               const flows::ApprovalView& view);

  const flows::ApprovalView& view() const { return view_; }

 private:
  void AddLine(const wxString& text, bool strong = false);
  void AddProposal();
  void AddSince();
  void AddDecision();
  void Decide(const std::string& decision);
  void Key(wxKeyEvent& event);
  bool MayApprove() const;

  flows::OpenDesk& open_;
  Host& host_;
  flows::ApprovalView view_;
  wxBoxSizer* column_ = nullptr;
  wxTextCtrl* reason_ = nullptr;
};

}  // namespace hoso::ui
