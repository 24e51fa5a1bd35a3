#pragma once

#include <string>

#include "client/flows/open_desk.h"
#include "client/ui/host.h"
#include "client/ui/place.h"

class wxScrolledWindow;

namespace hoso::ui {

/// Everything that was begun and not finished, in one place: intakes with what they still miss, and
/// dossiers into which text was typed. Enter or the button goes on with it.
class DraftsPlace : public Place {
 public:
  DraftsPlace(wxWindow* parent, flows::OpenDesk& open, Host& host);

  void Reload() override;
  void TakeFocus() override;

 private:
  void Drop(const std::string& key);  // Can be taken back from the notice.

  flows::OpenDesk& open_;
  Host& host_;
  wxScrolledWindow* page_ = nullptr;
};

}  // namespace hoso::ui
