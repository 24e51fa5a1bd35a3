#pragma once

#include <wx/colour.h>
#include <wx/string.h>

#include "client/flows/due_words.h"

class wxWindow;

namespace hoso::ui {

/// A deadline in word and icon: "⛔ Quá 2 ngày làm việc". Its colour only says it once more.
wxString DueSign(const flows::DueWords& due);
/// Readable on the background of that window, light or dark.
wxColour DueColour(flows::DueLevel level, const wxWindow& on);

}  // namespace hoso::ui
