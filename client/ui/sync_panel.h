#pragma once

#include <wx/timer.h>

#include "client/flows/line_test.h"
#include "client/flows/open_desk.h"
#include "client/ui/deliver.h"
#include "client/ui/host.h"
#include "client/ui/place.h"

class wxButton;
class wxGauge;
class wxScrolledWindow;
class wxStaticText;

namespace hoso::ui {

/// "Đối chiếu với tỉnh": what runs, how the last one ended, what waits, and a test of the line.
class SyncPanel : public Place, public Alive {
 public:
  SyncPanel(wxWindow* parent, flows::OpenDesk& open, Host& host);

  void Reload() override;
  void TakeFocus() override;

 private:
  wxStaticText* AddText(bool strong = false);
  void Say(wxStaticText* label, const wxString& text);
  void ShowRun();
  void ShowResult();
  void ShowWaiting();
  void TestLine();
  void ShowLine(const engine::LineFacts& facts);

  flows::OpenDesk& open_;
  Host& host_;
  wxScrolledWindow* page_ = nullptr;
  wxButton* start_ = nullptr;
  wxButton* stop_ = nullptr;
  wxGauge* gauge_ = nullptr;
  wxStaticText* run_ = nullptr;
  wxStaticText* result_ = nullptr;
  wxButton* again_ = nullptr;
  wxStaticText* waiting_title_ = nullptr;
  wxStaticText* waiting_ = nullptr;
  wxButton* test_ = nullptr;
  wxStaticText* steps_[engine::kLineSteps] = {};
  wxTimer tick_;
  bool testing_ = false;
};

}  // namespace hoso::ui
