#include "client/ui/due_sign.h"

#include <wx/window.h>

#include "client/ui/words.h"

namespace hoso::ui {

wxString DueSign(const flows::DueWords& due) {
  switch (due.level) {
    case flows::DueLevel::kLate:
      return wxString::FromUTF8("⛔ ") + T(due.text.c_str());
    case flows::DueLevel::kToday:
    case flows::DueLevel::kSoon:
      return wxString::FromUTF8("▲ ") + T(due.text.c_str());
    case flows::DueLevel::kFine:
      return wxString::FromUTF8("✔ ") + T(due.text.c_str());
    case flows::DueLevel::kNone:
      break;
  }
  return T(due.text.c_str());
}

wxColour DueColour(flows::DueLevel level, const wxWindow& on) {
  constexpr double kHalf = 0.5;
  const bool dark = on.GetBackgroundColour().GetLuminance() < kHalf;
  switch (level) {
    case flows::DueLevel::kLate:
      return dark ? wxColour(0xFF, 0x9A, 0x92) : wxColour(0xB3, 0x26, 0x1E);
    case flows::DueLevel::kToday:
    case flows::DueLevel::kSoon:
      return dark ? wxColour(0xFF, 0xC8, 0x6B) : wxColour(0x8A, 0x4B, 0x00);
    default:
      return on.GetForegroundColour();
  }
}

}  // namespace hoso::ui
