#pragma once

#include <wx/panel.h>

#include <functional>
#include <vector>

#include "client/flows/support_pack.h"
#include "client/ui/host.h"

class wxCheckListBox;

namespace hoso::ui {

/// The program's version, whose work is in it, and what supporters need to know of this desk, entry
/// by entry: each can be read, and left out, before the package is saved.
class AboutPanel : public wxPanel {
 public:
  /// `source` needs no system: the window asks its toolkit.
  AboutPanel(wxWindow* parent, flows::SupportSource source, Host& host,
             std::function<void()> closed);

 private:
  void AddEntries(wxSizer* column);
  void Save();

  Host& host_;
  const flows::SupportSource source_;
  std::vector<flows::SupportEntry> entries_;
  wxCheckListBox* list_ = nullptr;
};

}  // namespace hoso::ui
