#pragma once

#include <wx/panel.h>

#include <functional>
#include <string>

#include "client/flows/support_info.h"
#include "client/ui/host.h"

namespace hoso::ui {

/// The program's version, whose work is in it, and what supporters need to know of this desk:
/// shown whole before it may be saved.
class AboutPanel : public wxPanel {
 public:
  AboutPanel(wxWindow* parent, flows::OpenDesk& open, const flows::RecentErrors& errors, Host& host,
             std::function<void()> closed);

 private:
  void Save();

  Host& host_;
  std::string info_;
};

}  // namespace hoso::ui
