#pragma once

#include <wx/accel.h>

#include <functional>
#include <vector>

class wxFrame;

namespace hoso::ui {

/// One thing an officer can do from anywhere: where it stands in the menus, its key, what it does.
struct Command {
  const char* menu;  // "Hồ sơ", "Sửa", "Xem", "Công cụ", "Trợ giúp": in the order of first use.
  const char* title;  // "" is a line between commands.
  const char* keys;   // "Ctrl+N"; "" for none. Never Ctrl+Shift or Alt+Z: typing methods use them.
  std::function<void()> run;
};

/// Makes the frame's menu bar of the commands. Their keys work wherever the focus is, also in
/// controls that would take them for themselves.
void MakeMenus(wxFrame& frame, const std::vector<Command>& commands);

}  // namespace hoso::ui
