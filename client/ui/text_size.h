#pragma once

class wxWindow;

namespace hoso::ui {

/// Makes every text of the window, and of what is opened later, `percent` of the system's size.
/// At once, nothing is built anew; 100 is what the system has. Window thread.
void ScaleText(wxWindow& top, int percent);

/// GTK measures some controls rightly only once they are in a window: from now on the window lays
/// itself out again after controls were made. Once for each window.
void MeasureWhatIsMade(wxWindow& top);

}  // namespace hoso::ui
