#pragma once

#include <wx/panel.h>

#include "client/ui/host.h"

class wxBoxSizer;

namespace hoso::ui {

/// The strip above the pages: what happened, why, what to do, with a button that does it. Stays
/// until it is closed or another notice comes, and takes no focus from who is typing.
class NoticeBar : public wxPanel {
 public:
  explicit NoticeBar(wxWindow* parent);

  void Tell(const flows::Message& message, const Offer& offer);
  void Clear();

 private:
  wxBoxSizer* row_ = nullptr;
};

}  // namespace hoso::ui
