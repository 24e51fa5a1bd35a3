#pragma once

#include <wx/statusbr.h>

#include <cstdint>
#include <functional>

#include "client/flows/list_flow.h"

namespace hoso::ui {

/// The status bar in five parts, in words: connection, last exchange, what waits to go, what needs
/// a person, and when the last act or keystroke became durable.
class StatusLine : public wxStatusBar {
 public:
  /// `open` is given the place that tells more about the part that was clicked.
  StatusLine(wxWindow* parent, std::function<void(const char* place)> open);

  /// `last_sync`: local time; "" for never.
  void ShowLocked(const std::string& last_sync);
  void ShowConnection(const wxString& words);
  void ShowSaved(std::int64_t utc_ms);
  void ShowCounts(const flows::DeskStatus& status);
};

}  // namespace hoso::ui
