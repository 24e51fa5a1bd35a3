#include "client/ui/menus.h"

#include <wx/frame.h>
#include <wx/menu.h>

#include <string_view>

#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr std::string_view kMenus[] = {"Hồ sơ", "Sửa", "Xem", "Công cụ", "Trợ giúp"};

/// A letter of its own for each menu, a to z only.
constexpr const char* kTitles[] = {"&Hồ sơ", "&Sửa", "&Xem", "&Công cụ", "&Trợ giúp"};

}  // namespace

void MakeMenus(wxFrame& frame, const std::vector<Command>& commands) {
  auto* bar = new wxMenuBar;
  std::vector<std::pair<wxAcceleratorEntry, int>> keys;
  for (std::size_t i = 0; i < std::size(kMenus); ++i) {
    auto* menu = new wxMenu;
    for (const Command& command : commands) {
      if (command.menu != kMenus[i]) continue;
      if (*command.title == '\0') {
        menu->AppendSeparator();
        continue;
      }
      wxString title = T(command.title);
      if (*command.keys != '\0') title += "\t" + wxString::FromUTF8(command.keys);
      const int id = menu->Append(wxID_ANY, title)->GetId();
      frame.Bind(
          wxEVT_MENU, [run = command.run](wxCommandEvent&) { run(); }, id);
      wxAcceleratorEntry entry;
      if (*command.keys != '\0' && entry.FromString("\t" + wxString::FromUTF8(command.keys)))
        keys.emplace_back(entry, id);
    }
    bar->Append(menu, T(kTitles[i]));
  }
  frame.SetMenuBar(bar);
  // GTK's lists take some keys for themselves before a menu sees them.
  frame.Bind(wxEVT_CHAR_HOOK, [&frame, keys](wxKeyEvent& event) {
    for (const auto& [entry, id] : keys) {
      const bool ctrl = (entry.GetFlags() & wxACCEL_CTRL) != 0;
      if (event.GetKeyCode() != entry.GetKeyCode() ||
          event.GetModifiers() != (ctrl ? wxMOD_CONTROL : wxMOD_NONE))
        continue;
      wxCommandEvent command(wxEVT_MENU, id);
      frame.ProcessWindowEvent(command);
      return;
    }
    event.Skip();
  });
}

}  // namespace hoso::ui
